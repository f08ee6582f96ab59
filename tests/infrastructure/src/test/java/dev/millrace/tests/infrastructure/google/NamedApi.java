package dev.millrace.tests.infrastructure.google;

import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An API of plain resources: created by POST to their collection, then read, changed, deleted. */
final class NamedApi implements Api {
  private final Cloud cloud;
  private final String service;
  private final Naming naming;
  private final UnaryOperator<ObjectNode> completed;
  private int made;

  /** Where a new resource's name comes from. */
  enum Naming {
    /** The body's {@code name}, in full. */
    SENT,
    /** The body's {@code name}, below the collection; the resource itself keeps the short one. */
    SENT_SHORT,
    /** A number of the server's. */
    NUMBERED
  }

  /**
   * @param service that must be enabled
   * @param completed what the server adds to a resource
   */
  NamedApi(Cloud cloud, String service, Naming naming, UnaryOperator<ObjectNode> completed) {
    this.cloud = cloud;
    this.service = service;
    this.naming = naming;
    this.completed = completed;
  }

  @Override
  public JsonNode answer(Call call) throws Refused {
    if (Policies.are(call)) {
      return Policies.answer(cloud, call);
    }
    if (!call.verb().isEmpty()) {
      // Such as a job's resume, which changes nothing in what runs.
      return cloud.get(call.resource());
    }
    return switch (call.method()) {
      case "GET" -> cloud.get(call.path());
      case "POST" -> create(call);
      case "PATCH", "PUT" -> completed.apply(cloud.update(call.path(), call.body()));
      default -> {
        cloud.delete(call.path());
        yield Cloud.JSON.createObjectNode();
      }
    };
  }

  private ObjectNode create(Call call) throws Refused {
    cloud.mustBeEnabled(service);
    ObjectNode resource = call.body().deepCopy();
    String sent = resource.path("name").asString("");
    String name =
        switch (naming) {
          case SENT -> sent;
          case SENT_SHORT -> call.path() + "/" + sent;
          case NUMBERED -> call.path() + "/" + (1000 + ++made);
        };
    if (naming == Naming.NUMBERED) {
      resource.put("name", name);
    }
    return cloud.create(name, completed.apply(resource));
  }
}
