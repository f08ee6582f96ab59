package dev.millrace.function;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;

/** {@link HttpEntry} over the fake loader, as the framework can make it. */
public final class FakeHttpEntry implements HttpFunction {
  private final HttpEntry entry =
      new HttpEntry(FakeLoader.SHARED, FakeLoader.SHARED, FakeLog.SHARED);

  /** For the framework. */
  public FakeHttpEntry() {}

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    entry.service(request, response);
  }
}
