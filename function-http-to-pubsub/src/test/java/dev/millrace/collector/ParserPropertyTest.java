package dev.millrace.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.collector.http.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What goes in comes out, and what is damaged is answered. */
class ParserPropertyTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Set<String> OURS =
      Set.of("messageId", "timestamp", "receivedAt", "source", "sentAt", "originalTimestamp");
  private static final int ROUNDS = Integer.getInteger("parser.rounds", 300);

  private final long seed = Long.getLong("parser.seed", System.nanoTime());
  private final Random random = new Random(seed);

  private ObjectNode object(int depth) {
    ObjectNode object = JSON.createObjectNode();
    for (int i = random.nextInt(5); i > 0; i--) {
      object.set(text(), value(depth - 1));
    }
    return object;
  }

  private JsonNode value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> JSON.getNodeFactory().stringNode(text());
      case 1 -> JSON.getNodeFactory().numberNode(random.nextLong());
      case 2 -> JSON.getNodeFactory().numberNode(random.nextDouble());
      case 3 -> JSON.getNodeFactory().nullNode();
      case 4 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
      case 5 -> JSON.createArrayNode();
      case 6 -> object(depth);
      default -> {
        ArrayNode list = JSON.createArrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(depth - 1));
        }
        yield list;
      }
    };
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      text.appendCodePoint("aZ\"\\\n\u00e9\u65e5\0{}[]:,".codePointAt(random.nextInt(14)));
    }
    return text.append(random.nextInt(10) == 0 ? "\ud834\udd1e" : "").toString();
  }

  @Test
  void everyFieldArrivesAsItWasSent() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Fixture fixture = new Fixture();
      ObjectNode sent = object(5);
      ArrayNode batch = JSON.createArrayNode().add(object(2)).add(sent).add(object(2));
      String body =
          random.nextBoolean()
              ? "{\"batch\":" + batch + "}"
              : "{\"batch\" : " + batch.toPrettyString() + ", \"sentAt\": null }";

      Reply reply = fixture.post("/v1/batch", body);

      assertThat(reply.status()).as("seed %d round %d: %s", seed, round, body).isEqualTo(200);
      assertThat(fixture.events.messages).hasSize(3);
      ObjectNode arrived = (ObjectNode) fixture.events.messages.get(1).json();
      OURS.forEach(arrived::remove);
      assertThat((Object) arrived).as("seed %d round %d", seed, round).isEqualTo(sent);
    }
  }

  @Test
  void aDamagedBodyIsRefusedOrTakenAndNothingElse() throws Exception {
    Fixture fixture = new Fixture();
    for (int round = 0; round < ROUNDS * 10; round++) {
      byte[] body =
          ("{\"batch\":[" + object(4) + "],\"context\":" + object(2) + "}")
              .getBytes(StandardCharsets.UTF_8);
      for (int i = random.nextInt(4); i >= 0; i--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      FakeRequest request =
          new FakeRequest("POST", "/v1/batch", Map.of(), body).withKey(Fixture.KEY);
      int before = fixture.events.messages.size();

      Reply reply = fixture.handle(request);

      assertThat(reply.status()).as("seed %d round %d", seed, round).isIn(200, 400);
      assertThat(JSON.readTree(reply.body()).isObject()).isTrue();
      for (FakeTopic.Message message :
          fixture.events.messages.subList(before, fixture.events.messages.size())) {
        assertThat(message.json().isObject()).as("seed %d round %d", seed, round).isTrue();
      }
    }
  }
}
