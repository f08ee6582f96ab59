package dev.millrace.tests.infrastructure.google;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What one project holds: resources by their full name, and who may do what on them. */
final class Cloud {
  static final JsonMapper JSON = JsonMapper.shared();

  private final String project;
  private final String number;
  private final TreeMap<String, ObjectNode> resources = new TreeMap<>();
  private final TreeMap<String, ObjectNode> policies = new TreeMap<>();
  private final Set<String> enabled = new LinkedHashSet<>();

  Cloud(String project, String number) {
    this.project = project;
    this.number = number;
    // What a new project has.
    enabled.addAll(List.of("storage.googleapis.com", "bigquery.googleapis.com"));
  }

  String project() {
    return project;
  }

  String number() {
    return number;
  }

  String pubSubAgent() {
    return "serviceAccount:service-" + number + "@gcp-sa-pubsub.iam.gserviceaccount.com";
  }

  String storageAgent() {
    return "serviceAccount:service-" + number + "@gs-project-accounts.iam.gserviceaccount.com";
  }

  Set<String> enabledServices() {
    return enabled;
  }

  /** Names of all resources that begin so. */
  List<String> names(String prefix) {
    return resources.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  boolean has(String name) {
    return resources.containsKey(name);
  }

  ObjectNode get(String name) throws Refused {
    ObjectNode resource = resources.get(name);
    if (resource == null) {
      throw Refused.notFound(name);
    }
    return resource;
  }

  ObjectNode create(String name, ObjectNode resource) throws Refused {
    if (resources.putIfAbsent(name, resource) != null) {
      throw new Refused(409, name + " already exists.");
    }
    return resource;
  }

  /** Takes over each of the sent fields, as a PATCH with those fields as its mask. */
  ObjectNode update(String name, ObjectNode fields) throws Refused {
    ObjectNode resource = get(name);
    fields.properties().forEach(field -> resource.set(field.getKey(), field.getValue()));
    return resource;
  }

  ObjectNode delete(String name) throws Refused {
    ObjectNode gone = get(name);
    resources.remove(name);
    policies.remove(name);
    return gone;
  }

  ObjectNode policy(String resource) {
    ObjectNode policy = policies.get(resource);
    if (policy == null) {
      policy = JSON.createObjectNode().put("version", 1).put("etag", "BwAA");
      policy.putArray("bindings");
    }
    return policy;
  }

  ObjectNode setPolicy(String resource, JsonNode policy) throws Refused {
    for (JsonNode binding : policy.path("bindings")) {
      for (JsonNode member : binding.path("members")) {
        mustExist(member.asString());
      }
    }
    ObjectNode kept = ((ObjectNode) policy).deepCopy().put("etag", "BwAA");
    policies.put(resource, kept);
    return kept;
  }

  boolean holds(String member, String role, String resource) {
    for (JsonNode binding : policy(resource).path("bindings")) {
      if (binding.path("role").asString().equals(role)) {
        for (JsonNode held : binding.path("members")) {
          if (held.asString().equals(member)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** IAM takes no service account that isn't there yet. */
  private void mustExist(String member) throws Refused {
    if (member.equals(pubSubAgent()) && names("projects/" + project + "/topics/").isEmpty()) {
      throw Refused.invalid(
          "Service account " + member + " does not exist: the project has no topic yet.");
    }
    String suffix = "@" + project + ".iam.gserviceaccount.com";
    if (member.startsWith("serviceAccount:") && member.endsWith(suffix)) {
      accountMustExist(member.substring("serviceAccount:".length()));
    }
  }

  void accountMustExist(String email) throws Refused {
    if (!has("projects/" + project + "/serviceAccounts/" + email)) {
      throw Refused.invalid("Service account " + email + " does not exist.");
    }
  }

  void mustBeEnabled(String service) throws Refused {
    if (!enabled.contains(service)) {
      throw new Refused(
          403, service + " has not been used in project " + number + " before or it is disabled.");
    }
  }

  /** A long-running operation that is over. */
  static ObjectNode done(JsonNode response) {
    ObjectNode operation =
        JSON.createObjectNode().put("name", "operations/acf.p2-1-done").put("done", true);
    operation.set("response", response);
    return operation;
  }
}
