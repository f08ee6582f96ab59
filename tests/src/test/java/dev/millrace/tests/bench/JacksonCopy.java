package dev.millrace.tests.bench;

import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Jackson's parser feeds its generator, token by token; what that writes is thrown away. */
record JacksonCopy(byte[] events) implements Contestant {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public String name() {
    return "Jackson's token copy";
  }

  @Override
  public int passesPerRound() {
    return 4;
  }

  @Override
  public double pass() {
    long start = CpuTime.nanos();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), events);
        JsonGenerator generator =
            JSON.createGenerator(ObjectWriteContext.empty(), OutputStream.nullOutputStream())) {
      while (parser.nextToken() != null) {
        generator.copyCurrentEvent(parser);
      }
    }
    return CpuTime.secondsSince(start);
  }
}
