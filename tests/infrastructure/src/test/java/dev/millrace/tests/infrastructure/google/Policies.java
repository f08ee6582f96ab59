package dev.millrace.tests.infrastructure.google;

import tools.jackson.databind.JsonNode;

/** {@code getIamPolicy} and {@code setIamPolicy}, which most APIs have in the same form. */
final class Policies {
  private Policies() {}

  static boolean are(Call call) {
    return call.verb().equals("getIamPolicy") || call.verb().equals("setIamPolicy");
  }

  static JsonNode answer(Cloud cloud, Call call) throws Refused {
    return call.verb().equals("getIamPolicy")
        ? cloud.policy(call.resource())
        : cloud.setPolicy(call.resource(), call.body().path("policy"));
  }
}
