package dev.millrace.tests.infrastructure.google;

import java.net.URI;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cloud Run's services. */
final class RunApi implements Api {
  private final Cloud cloud;
  private final URI address;
  private int revision;

  /**
   * @param address what a service's own address is said to be
   */
  RunApi(Cloud cloud, URI address) {
    this.cloud = cloud;
    this.address = address;
  }

  @Override
  public JsonNode answer(Call call) throws Refused {
    if (Policies.are(call)) {
      cloud.get(call.resource());
      return Policies.answer(cloud, call);
    }
    return switch (call.method()) {
      case "GET" -> cloud.get(call.path());
      case "POST" -> {
        cloud.mustBeEnabled("run.googleapis.com");
        String name = call.path() + "/" + call.query().get("serviceId");
        mustBeTaken(call.body());
        ObjectNode made = call.body().deepCopy().put("name", name).put("uid", "uid");
        made.put("generation", "1").put("etag", "etag").put("launchStage", "GA");
        made.put("uri", address.toString()).putArray("urls").add(address.toString());
        yield Cloud.done(cloud.create(name, revised(made)));
      }
      case "PATCH" -> {
        mustBeTaken(call.body());
        yield Cloud.done(revised(cloud.update(call.path(), call.body())));
      }
      default -> Cloud.done(cloud.delete(call.path()));
    };
  }

  private ObjectNode revised(ObjectNode service) {
    String name = service.path("name").asString() + "/revisions/r-" + ++revision;
    service.put("latestReadyRevision", name).put("latestCreatedRevision", name);
    service.putObject("terminalCondition").put("type", "Ready").put("state", "CONDITION_SUCCEEDED");
    return service;
  }

  private void mustBeTaken(ObjectNode service) throws Refused {
    JsonNode template = service.path("template");
    String account = template.path("serviceAccount").asString();
    cloud.accountMustExist(account);
    for (JsonNode volume : template.path("volumes")) {
      volumeMustBeTaken(volume, template);
    }
    for (JsonNode container : template.path("containers")) {
      String image = container.path("image").asString();
      if (!cloud.has(ImagesApi.name(image))) {
        throw Refused.invalid("Image '" + image + "' not found.");
      }
      for (JsonNode variable : container.path("env")) {
        if (variable.path("name").asString().equals("PORT")) {
          throw Refused.invalid("The following reserved env names were provided: PORT");
        }
        secretMustBeReadable(variable.path("valueSource").path("secretKeyRef"), account);
      }
    }
    int most = template.path("scaling").path("maxInstanceCount").asInt(100);
    if (template.path("scaling").path("minInstanceCount").asInt(0) > most) {
      throw Refused.invalid("minInstanceCount is above maxInstanceCount");
    }
  }

  private void volumeMustBeTaken(JsonNode volume, JsonNode template) throws Refused {
    String account = template.path("serviceAccount").asString();
    secretMustBeReadable(volume.path("secret"), account);
    if (volume.path("gcs").isObject()) {
      cloud.get("b/" + volume.path("gcs").path("bucket").asString());
      if (!template.path("executionEnvironment").asString().equals("EXECUTION_ENVIRONMENT_GEN2")) {
        throw Refused.invalid("Cloud Storage volumes need the second generation environment");
      }
    }
  }

  /** As the real one, which looks at each secret before it takes the revision. */
  private void secretMustBeReadable(JsonNode reference, String account) throws Refused {
    if (reference.isObject()) {
      String id = reference.path("secret").asString();
      String secret = "projects/" + cloud.project() + "/secrets/" + id;
      cloud.get(secret);
      String member = "serviceAccount:" + account;
      if (!cloud.holds(member, "roles/secretmanager.secretAccessor", secret)) {
        throw Refused.invalid("Permission denied on secret " + secret + " for " + account);
      }
    }
  }
}
