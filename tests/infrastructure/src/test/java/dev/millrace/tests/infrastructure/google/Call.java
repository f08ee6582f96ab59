package dev.millrace.tests.infrastructure.google;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request.
 *
 * @param path what follows the API's own beginning, such as {@code projects/p/topics/t}
 * @param body empty if there was none
 */
record Call(String method, String path, Map<String, String> query, ObjectNode body) {
  boolean is(String wanted) {
    return method.equals(wanted);
  }

  boolean reads() {
    return method.equals("GET");
  }

  /** The path without its custom verb: {@code a/b} of {@code a/b:getIamPolicy}. */
  String resource() {
    int colon = path.lastIndexOf(':');
    return colon < path.lastIndexOf('/') ? path : path.substring(0, colon);
  }

  /** The custom verb; empty if there is none. */
  String verb() {
    return resource().length() == path.length() ? "" : path.substring(resource().length() + 1);
  }

  /** A segment of the path, from 0. */
  String segment(int index) {
    return path.split("/")[index];
  }
}
