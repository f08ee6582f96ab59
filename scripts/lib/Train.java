import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The training run of the function's image: starts the function on the arguments in {@code
 * training.args}, has it read and normalise a batch, and stops it, upon which the JVM writes its
 * archive. Cloud Storage is a server of ours that has just this batch; BigQuery has no dataset, so
 * the run ends there.
 *
 * <p>Run as {@code java Train.java JAVA APP_FOLDER}.
 */
public final class Train {
  private static final int MINUTES = 3;

  /** Of now, because the function asks more about batches that are old. */
  private static final String GENERATION = System.currentTimeMillis() + "000";

  private static final String BATCH =
      "{\"event\":\"Order Completed\",\"type\":\"track\",\"messageId\":\"m-1\",\"userId\":\"u-1\","
          + "\"timestamp\":\"2026-11-23T10:00:00.000Z\",\"properties\":{\"total\":12.5,\"count\":3,"
          + "\"gift\":false,\"products\":[{\"sku\":\"A-1\",\"price\":4.5},{\"sku\":\"B-2\"}]},"
          + "\"context\":{\"ip\":\"192.0.2.1\",\"locale\":\"en\"}}\n";

  private Train() {}

  public static void main(String[] args) throws Exception {
    Path app = Path.of(args[1]);
    HttpServer google = google();
    String address = "127.0.0.1:" + google.getAddress().getPort();
    Path settings = app.resolve("training.yaml");
    Files.writeString(
        settings,
        "dataset: telemetry\n"
            + "ports: {kind: google, project: training, location: EU, landing_bucket: landing,"
            + " staging_bucket: staging, state_bucket: state}\n");
    int port = freePort();
    ProcessBuilder builder = new ProcessBuilder(args[0], "@training.args");
    builder.directory(app.toFile());
    builder.environment().put("PORT", Integer.toString(port));
    builder.environment().put("FUNCTION_TARGET", "dev.millrace.function.HttpEntry");
    builder.environment().put("K_SERVICE", "training");
    builder.environment().put("MILLRACE_SETTINGS", settings.toString());
    builder.environment().put("STORAGE_EMULATOR_HOST", "http://" + address);
    builder.environment().put("BIGQUERY_EMULATOR_HOST", "http://" + address);
    builder.redirectErrorStream(true);
    builder.redirectOutput(app.resolve("training.log").toFile());
    Process function = builder.start();
    try {
      awaitListening(function, port);
      notify(port);
    } finally {
      function.destroy();
      if (!function.waitFor(MINUTES, TimeUnit.MINUTES)) {
        function.destroyForcibly();
      }
      google.stop(0);
    }
    if (!Files.exists(app.resolve("millrace.archive"))) {
      System.err.println(Files.readString(app.resolve("training.log")));
      throw new IllegalStateException("no archive was written");
    }
  }

  private static void notify(int port) throws IOException, InterruptedException {
    String notice =
        "{\"message\":{\"attributes\":{\"eventType\":\"OBJECT_FINALIZE\",\"bucketId\":\"landing\","
            + "\"objectId\":\"telemetry-1.jsonl\",\"objectGeneration\":\"" + GENERATION + "\"},"
            + "\"messageId\":\"1\"},\"subscription\":\"projects/training/subscriptions/s\"}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
            .timeout(java.time.Duration.ofMinutes(MINUTES))
            .POST(HttpRequest.BodyPublishers.ofString(notice))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    System.err.println("train: the function answered " + answer.statusCode());
  }

  private static HttpServer google() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", Train::answer);
    server.setExecutor(Executors.newCachedThreadPool(Train::daemon));
    server.start();
    return server;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().toString();
    boolean batch = path.contains("telemetry-1.jsonl");
    if (batch && path.contains("alt=media")) {
      send(exchange, 200, "application/json", BATCH);
    } else if (batch || path.startsWith("/upload/")) {
      send(
          exchange,
          200,
          "application/json",
          "{\"kind\":\"storage#object\",\"bucket\":\"landing\",\"name\":\"telemetry-1.jsonl\","
              + "\"generation\":\"" + GENERATION + "\",\"size\":\"" + BATCH.length() + "\","
              + "\"timeCreated\":\"2026-11-23T10:00:00.000Z\"}");
    } else {
      send(
          exchange,
          404,
          "application/json",
          "{\"error\":{\"code\":404,\"message\":\"Not found\",\"errors\":[{\"reason\":\"notFound\","
              + "\"message\":\"Not found\"}]}}");
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void awaitListening(Process function, int port) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    while (function.isAlive() && System.nanoTime() < deadline) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    throw new IllegalStateException("the function doesn't listen; see training.log beside its jars");
  }
}
