package dev.millrace.tests.infrastructure.google;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The project itself: its number, its billing, its rights, its services, its accounts. */
final class ProjectApis {
  private final Cloud cloud;
  private int accounts;

  ProjectApis(Cloud cloud) {
    this.cloud = cloud;
  }

  Map<String, Api> all() {
    return Map.of(
        "/resourcemanager/v1/", this::resourceManager,
        "/cloudbilling/v1/", this::billing,
        "/compute/v1/", this::compute,
        "/serviceusage/v1/", this::serviceUsage,
        "/iam/v1/", this::accounts);
  }

  private JsonNode resourceManager(Call call) throws Refused {
    if (Policies.are(call)) {
      return Policies.answer(cloud, call);
    }
    isOurs(call.segment(1));
    return Cloud.JSON
        .createObjectNode()
        .put("projectId", cloud.project())
        .put("name", cloud.project())
        .put("projectNumber", cloud.number())
        .put("lifecycleState", "ACTIVE");
  }

  private JsonNode billing(Call call) throws Refused {
    isOurs(call.segment(1));
    return Cloud.JSON
        .createObjectNode()
        .put("billingAccountName", "billingAccounts/0123AB-4567CD-89EF01")
        .put("billingEnabled", true);
  }

  private JsonNode compute(Call call) {
    return Cloud.JSON.createObjectNode().put("name", cloud.project());
  }

  private JsonNode serviceUsage(Call call) {
    if (call.reads()) {
      ObjectNode answer = Cloud.JSON.createObjectNode();
      ArrayNode services = answer.putArray("services");
      for (String service : cloud.enabledServices()) {
        ObjectNode one = services.addObject();
        one.put("name", "projects/" + cloud.number() + "/services/" + service);
        one.put("state", "ENABLED");
        one.putObject("config").put("name", service);
      }
      return answer;
    }
    if (call.verb().equals("batchEnable")) {
      call.body().path("serviceIds").forEach(id -> cloud.enabledServices().add(id.asString()));
    } else if (call.verb().equals("enable")) {
      cloud.enabledServices().add(call.resource().substring(call.resource().lastIndexOf('/') + 1));
    }
    return Cloud.done(Cloud.JSON.createObjectNode());
  }

  private JsonNode accounts(Call call) throws Refused {
    if (call.is("POST")) {
      cloud.mustBeEnabled("iam.googleapis.com");
      String id = call.body().path("accountId").asString();
      if (!id.matches("[a-z](?:[-a-z0-9]{4,28}[a-z0-9])")) {
        throw Refused.invalid("Invalid service account id " + id);
      }
      String email = id + "@" + cloud.project() + ".iam.gserviceaccount.com";
      String name = "projects/" + cloud.project() + "/serviceAccounts/" + email;
      ObjectNode account = (ObjectNode) call.body().path("serviceAccount").deepCopy();
      account.put("name", name).put("email", email).put("projectId", cloud.project());
      account.put("uniqueId", Long.toString(100_000_000_000_000_000L + ++accounts));
      return cloud.create(name, account);
    }
    String name = call.path().replace("projects/-/", "projects/" + cloud.project() + "/");
    return switch (call.method()) {
      case "GET" -> cloud.get(name);
      case "PATCH" -> cloud.update(name, (ObjectNode) call.body().path("serviceAccount"));
      default -> cloud.delete(name);
    };
  }

  private void isOurs(String named) throws Refused {
    if (!List.of(cloud.project(), cloud.number()).contains(named)) {
      throw new Refused(403, "The caller does not have permission on project " + named);
    }
  }
}
