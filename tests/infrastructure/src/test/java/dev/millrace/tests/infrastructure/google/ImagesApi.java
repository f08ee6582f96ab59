package dev.millrace.tests.infrastructure.google;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Artifact Registry: repositories, and of images that they are there. */
final class ImagesApi implements Api {
  private static final Pattern IMAGE =
      Pattern.compile("([a-z0-9-]+)-docker\\.pkg\\.dev/([^/]+)/([^/]+)/(.+)");

  private static final String DIGEST = "@sha256:" + "0".repeat(64);

  private final Cloud cloud;

  ImagesApi(Cloud cloud) {
    this.cloud = cloud;
  }

  /** The resource that stands for an image of ours, such as {@code …/millrace/name:latest}. */
  static String name(String image) {
    Matcher parts = IMAGE.matcher(image);
    return parts.matches()
        ? "images/projects/%s/locations/%s/repositories/%s/%s"
            .formatted(parts.group(2), parts.group(1), parts.group(3), parts.group(4))
        : "images/" + image;
  }

  /** As a push would. */
  static void push(Cloud cloud, String image) throws Refused {
    cloud.create(name(image), Cloud.JSON.createObjectNode());
  }

  @Override
  public JsonNode answer(Call call) throws Refused {
    if (call.path().endsWith("/dockerImages")) {
      return images(call.path());
    }
    return switch (call.method()) {
      case "GET" -> cloud.get(call.path());
      case "POST" -> {
        cloud.mustBeEnabled("artifactregistry.googleapis.com");
        Map<String, String> query = call.query();
        String name =
            call.path() + "/" + query.getOrDefault("repository_id", query.get("repositoryId"));
        yield Cloud.done(cloud.create(name, call.body().deepCopy().put("name", name)));
      }
      case "PATCH" -> cloud.update(call.path(), call.body());
      default -> Cloud.done(cloud.delete(call.path()));
    };
  }

  private JsonNode images(String path) {
    String repository = path.substring(0, path.length() - "/dockerImages".length());
    ObjectNode answer = Cloud.JSON.createObjectNode();
    ArrayNode images = answer.putArray("dockerImages");
    for (String name : cloud.names("images/" + repository + "/")) {
      String image = name.substring(name.lastIndexOf('/') + 1);
      int colon = image.lastIndexOf(':');
      ObjectNode one = images.addObject();
      one.put("name", path + "/" + image.substring(0, colon) + DIGEST);
      one.put("uri", uri(repository, image.substring(0, colon)));
      one.putArray("tags").add(image.substring(colon + 1));
    }
    return answer;
  }

  private static String uri(String repository, String image) {
    String[] parts = repository.split("/");
    return "%s-docker.pkg.dev/%s/%s/%s%s".formatted(parts[3], parts[1], parts[5], image, DIGEST);
  }
}
