package dev.millrace.function.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.fakes.FakeStaging;
import dev.millrace.loader.fakes.Faults;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiecesTest {
  private final FakeStaging staging = new FakeStaging(new Faults());
  private final Pieces pieces = new Pieces(staging);

  @ParameterizedTest
  @ValueSource(strings = {"a\nb\nc\nd\ne\n", "a\nb\nc\nd\ne"})
  void aPartIsCutAtFixedLines(String content) throws IOException {
    Piece whole = part(content);

    Piece counted = pieces.counted(whole);
    List<Piece> halves = pieces.halves(counted);
    List<Piece> quarters = pieces.halves(halves.get(1));

    assertThat(counted.last()).isEqualTo(5);
    assertThat(content(halves.get(0))).isEqualTo("a\nb\n");
    assertThat(content(halves.get(1))).isEqualTo(content.substring(4));
    assertThat(content(quarters.get(0))).isEqualTo("c\n");
    assertThat(quarters.get(1).path()).isEqualTo("packages/1.0/a/orders.0.3-5.jsonl");
    assertThat(quarters.get(1).key()).containsExactly("packages/1.0/a/orders.0.jsonl", "3", "5");
  }

  @Test
  void linesLongerThanABufferStayWhole() throws IOException {
    String line = "x".repeat(200_000) + "\n";

    List<Piece> halves = pieces.halves(pieces.counted(part(line.repeat(4))));

    assertThat(content(halves.get(0))).isEqualTo(line.repeat(2));
    assertThat(content(halves.get(1))).isEqualTo(line.repeat(2));
  }

  @Test
  void aPieceIsNamedByThePartThatItIsOf() throws IOException {
    Piece left = pieces.halves(pieces.counted(part("a\nb\n"))).get(0);

    assertThat(pieces.partLocation(left))
        .isEqualTo(staging.location("packages/1.0/a/orders.0.jsonl"));
    assertThat(pieces.location(left))
        .isEqualTo(staging.location("packages/1.0/a/orders.0.0-1.jsonl"));
  }

  private Piece part(String content) throws IOException {
    String path = "packages/1.0/a/orders.0.jsonl";
    try (OutputStream out = staging.create(path)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return pieces.whole(staging.location(path));
  }

  private String content(Piece piece) throws IOException {
    return new String(staging.read(piece.path()).orElseThrow(), StandardCharsets.UTF_8);
  }
}
