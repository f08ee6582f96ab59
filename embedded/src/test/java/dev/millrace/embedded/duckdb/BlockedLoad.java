package dev.millrace.embedded.duckdb;

import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Table;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process that loads a package and stops in the middle of the transaction, after the rows and
 * before the commit, until a byte comes or it is killed.
 */
final class BlockedLoad {
  static final Table ORDERS = Fixture.table("orders", Column.of("n", DataType.BIGINT));

  private BlockedLoad() {}

  /** Starts such a process for a part that is there already, and waits until it has stopped. */
  static Process start(Path folder, String loadId, Path part, long rows) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BlockedLoad.class.getName(),
                folder.toString(),
                loadId,
                part.toString(),
                Long.toString(rows))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    if (!"stopped".equals(said)) {
      process.destroyForcibly();
      throw new IOException("the other process said " + said);
    }
    return process;
  }

  /** Folder, load id, part and number of rows. */
  public static void main(String[] arguments) throws Exception {
    Fixture fixture = new Fixture(Path.of(arguments[0]));
    long rows = Long.parseLong(arguments[3]);
    SealedPackage sealed =
        new SealedPackage(
            arguments[1],
            Fixture.schema(ORDERS),
            Map.of(
                "orders",
                new SealedPackage.TableParts(
                    List.of(arguments[2]), List.copyOf(ORDERS.columns().keySet()), rows)));
    fixture.load(
        sealed,
        taken -> {
          if (taken.rows().get("orders") != rows) {
            throw new AssertionError(taken);
          }
          System.out.println("stopped");
          try {
            System.in.read();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return List.of(Fixture.loadsRow(arguments[1]));
        });
  }
}
