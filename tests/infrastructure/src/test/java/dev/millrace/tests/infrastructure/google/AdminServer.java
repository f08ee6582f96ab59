package dev.millrace.tests.infrastructure.google;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Google's admin APIs for one empty project, on a loopback port. */
public final class AdminServer implements AutoCloseable {
  public static final String PROJECT = "my-project";
  public static final String NUMBER = "123456789012";

  /** Where the provider looks for each API's address: variable, and the path that we serve. */
  private static final Map<String, String> ENDPOINTS =
      Map.ofEntries(
          Map.entry("ARTIFACT_REGISTRY", "/artifactregistry/v1/"),
          Map.entry("BIG_QUERY", "/bigquery/v2/"),
          Map.entry("BILLING_BUDGETS", "/budgets/v1/"),
          Map.entry("CLOUD_BILLING", "/cloudbilling/v1/"),
          Map.entry("CLOUD_RUN_V2", "/run/v2/"),
          Map.entry("CLOUD_SCHEDULER", "/scheduler/v1/"),
          Map.entry("COMPUTE", "/compute/v1/"),
          Map.entry("IAM_BETA", "/iam/v1/"),
          Map.entry("KMS", "/kms/v1/"),
          Map.entry("LOGGING", "/logging/v2/"),
          Map.entry("MONITORING", "/monitoring/"),
          Map.entry("PUBSUB", "/pubsub/v1/"),
          Map.entry("RESOURCE_MANAGER", "/resourcemanager/v1/"),
          Map.entry("SECRET_MANAGER", "/secretmanager/v1/"),
          Map.entry("SERVICE_USAGE", "/serviceusage/v1/"),
          Map.entry("STORAGE", "/storage/v1/"));

  private final Cloud cloud = new Cloud(PROJECT, NUMBER);
  private final TreeMap<String, Api> apis = new TreeMap<>();
  private final List<String> calls = new ArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  private AdminServer(Optional<String> pubSubEmulator, URI function) throws IOException {
    apis.putAll(new ProjectApis(cloud).all());
    apis.put("/storage/v1/", new StorageApi(cloud));
    apis.put("/upload/storage/v1/", new StorageApi(cloud));
    apis.put("/pubsub/v1/", new PubSubApi(cloud, pubSubEmulator.map(PubSubForward::new)));
    apis.put("/bigquery/v2/", new BigQueryApi(cloud));
    apis.put("/run/v2/", new RunApi(cloud, function));
    apis.put("/artifactregistry/v1/", new ImagesApi(cloud));
    apis.put("/scheduler/v1/", named("cloudscheduler", NamedApi.Naming.SENT));
    apis.put("/logging/v2/", named("logging", NamedApi.Naming.SENT_SHORT));
    apis.put("/budgets/v1/", named("billingbudgets", NamedApi.Naming.NUMBERED));
    apis.put("/kms/v1/", named("cloudkms", NamedApi.Naming.SENT));
    apis.put("/secretmanager/v1/", named("secretmanager", NamedApi.Naming.SENT));
    Api monitoring =
        new NamedApi(
            cloud, "monitoring.googleapis.com", NamedApi.Naming.NUMBERED, AdminServer::conditions);
    apis.put("/monitoring/v3/", monitoring);
    apis.put("/monitoring/v1/", monitoring);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::exchange);
    server.setExecutor(threads);
  }

  /**
   * Starts it.
   *
   * @param pubSubEmulator address of the emulator that topics and subscriptions are made in too
   * @param function what Cloud Run says that a service's address is
   */
  public static AdminServer start(Optional<String> pubSubEmulator, URI function)
      throws IOException {
    AdminServer started = new AdminServer(pubSubEmulator, function);
    started.server.start();
    return started;
  }

  /** What makes Google's provider talk to this server, and to nothing else. */
  public Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("GOOGLE_OAUTH_ACCESS_TOKEN", "offline");
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", "");
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    ENDPOINTS.forEach(
        (name, path) -> environment.put("GOOGLE_" + name + "_CUSTOM_ENDPOINT", address + path));
    return environment;
  }

  /** As a push to Artifact Registry would. */
  public synchronized void pushImage(String image) throws Exception {
    ImagesApi.push(cloud, image);
  }

  /** As somebody would who makes a secret of this id, past Terraform. */
  public synchronized void putSecret(String id) throws Exception {
    String name = "projects/" + PROJECT + "/secrets/" + id;
    cloud.create(name, Cloud.JSON.createObjectNode().put("name", name));
  }

  /** Puts an object into a bucket, past Terraform. */
  public synchronized void putObject(String bucket, String name) throws Exception {
    cloud.create(
        "b/" + bucket + "/o/" + name,
        Cloud.JSON.createObjectNode().put("name", name).put("bucket", bucket));
  }

  /** A resource as it was sent, such as {@code projects/my-project/topics/t}. */
  public synchronized JsonNode resource(String name) throws Exception {
    return cloud.get(name);
  }

  /** The full names of all that there is. */
  public synchronized List<String> resources() {
    return cloud.names("");
  }

  /** Method and path of each call that was answered, in order. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private Api named(String service, NamedApi.Naming naming) {
    return new NamedApi(cloud, service + ".googleapis.com", naming, resource -> resource);
  }

  /** An alert's conditions are resources too. */
  private static ObjectNode conditions(ObjectNode policy) {
    int number = 0;
    for (JsonNode condition : policy.path("conditions")) {
      String name = policy.path("name").asString() + "/conditions/" + ++number;
      ((ObjectNode) condition).put("name", name);
    }
    return policy;
  }

  private void exchange(HttpExchange exchange) throws IOException {
    int status = 200;
    JsonNode answer;
    try {
      answer = answer(exchange);
    } catch (Refused e) {
      status = e.status();
      ObjectNode error = Cloud.JSON.createObjectNode();
      error.putObject("error").put("code", status).put("message", e.getMessage());
      answer = error;
    } catch (RuntimeException e) {
      status = 501;
      answer = Cloud.JSON.createObjectNode().put("error", "This server can't: " + e);
    }
    byte[] bytes = Cloud.JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().add("Content-Type", "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private synchronized JsonNode answer(HttpExchange exchange) throws Refused, IOException {
    String path = exchange.getRequestURI().getPath();
    calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    String prefix = apis.floorKey(path);
    while (prefix != null && !path.startsWith(prefix)) {
      prefix = apis.lowerKey(prefix);
    }
    if (prefix == null) {
      throw Refused.notFound(path);
    }
    String method = exchange.getRequestMethod();
    Call call = new Call(method, path.substring(prefix.length()), query(exchange), body(exchange));
    return apis.get(prefix).answer(call);
  }

  /** The sent JSON; of an upload in two parts, what it says of the object, and its MD5. */
  private static ObjectNode body(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type != null && type.startsWith("multipart/")) {
      String[] parts = text.split("(?m)^--" + Pattern.quote(boundary(type)) + "(--)?\\r?\\n");
      String content = content(parts[2]);
      return json(content(parts[1])).put("md5Hash", md5(content));
    }
    return text.strip().startsWith("{") ? json(text) : Cloud.JSON.createObjectNode();
  }

  private static String boundary(String type) {
    return type.replaceFirst(".*boundary=\"?([^\";]+).*", "$1");
  }

  private static String content(String part) {
    return part.substring(part.indexOf("\r\n\r\n") + 4, part.length() - 2);
  }

  private static ObjectNode json(String text) throws IOException {
    try {
      return (ObjectNode) Cloud.JSON.readTree(text);
    } catch (JacksonException e) {
      throw new IOException("not JSON: " + text, e);
    }
  }

  private static String md5(String content) {
    try {
      byte[] hash =
          MessageDigest.getInstance("MD5").digest(content.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new LinkedHashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(
          parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }
}
