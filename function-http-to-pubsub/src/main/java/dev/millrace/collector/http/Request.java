package dev.millrace.collector.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A request as a server hands it over. Used by one thread. */
public interface Request {
  String method();

  /** The path, without the query. */
  String path();

  /** The values of a header, whatever the case of its name. */
  List<String> headers(String name);

  /** The body, without the transfer's chunks; a content encoding is still on it. */
  InputStream body() throws IOException;

  /** The address of who is connected, if the server knows it. */
  Optional<String> peer();

  /** The first value of a header. */
  default Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }
}
