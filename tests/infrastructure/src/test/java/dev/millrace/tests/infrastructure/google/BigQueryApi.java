package dev.millrace.tests.infrastructure.google;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** BigQuery's datasets, whose rights are in the dataset itself. */
final class BigQueryApi implements Api {
  private final Cloud cloud;

  BigQueryApi(Cloud cloud) {
    this.cloud = cloud;
  }

  @Override
  public JsonNode answer(Call call) throws Refused {
    if (call.path().endsWith("/serviceAccount")) {
      return Cloud.JSON
          .createObjectNode()
          .put("kind", "bigquery#getServiceAccountResponse")
          .put("email", "bq-" + cloud.number() + "@bigquery-encryption.iam.gserviceaccount.com");
    }
    return switch (call.method()) {
      case "POST" -> create(call);
      case "GET" -> cloud.get(call.path());
      case "DELETE" -> delete(call);
      default -> {
        for (JsonNode access : call.body().path("access")) {
          String member = access.path("userByEmail").asString("");
          if (member.endsWith("@" + cloud.project() + ".iam.gserviceaccount.com")) {
            cloud.accountMustExist(member);
          }
        }
        yield cloud.update(call.path(), call.body());
      }
    };
  }

  private ObjectNode create(Call call) throws Refused {
    String id = call.body().path("datasetReference").path("datasetId").asString();
    if (!id.matches("[A-Za-z0-9_]{1,1024}")) {
      throw Refused.invalid("Invalid dataset id: " + id);
    }
    ObjectNode dataset = call.body().deepCopy();
    dataset.put("id", cloud.project() + ":" + id).put("etag", "etag");
    dataset.put(
        "selfLink", "https://bigquery.googleapis.com/bigquery/v2/" + call.path() + "/" + id);
    dataset.put("creationTime", "1795000000000").put("lastModifiedTime", "1795000000000");
    if (!dataset.has("access")) {
      ArrayNode access = dataset.putArray("access");
      access.addObject().put("role", "WRITER").put("specialGroup", "projectWriters");
      access.addObject().put("role", "OWNER").put("specialGroup", "projectOwners");
      access.addObject().put("role", "READER").put("specialGroup", "projectReaders");
    }
    return cloud.create(call.path() + "/" + id, dataset);
  }

  private JsonNode delete(Call call) throws Refused {
    boolean contentsToo = Boolean.parseBoolean(call.query().get("deleteContents"));
    if (!contentsToo && !cloud.names(call.path() + "/tables/").isEmpty()) {
      throw Refused.invalid("Dataset " + call.path() + " is still in use");
    }
    cloud.delete(call.path());
    return Cloud.JSON.createObjectNode();
  }
}
