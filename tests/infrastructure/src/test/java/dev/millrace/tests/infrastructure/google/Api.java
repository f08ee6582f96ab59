package dev.millrace.tests.infrastructure.google;

import tools.jackson.databind.JsonNode;

/** One of Google's APIs. Called by one thread at a time. */
interface Api {
  JsonNode answer(Call call) throws Refused;
}
