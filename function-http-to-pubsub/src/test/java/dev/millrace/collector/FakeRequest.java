package dev.millrace.collector;

import dev.millrace.collector.http.Request;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** A request as a test wants it. */
public record FakeRequest(
    String method, String path, Map<String, List<String>> header, byte[] content)
    implements Request {
  /** A POST with this text as its body. */
  public static FakeRequest post(String path, String body) {
    return new FakeRequest("POST", path, Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  public static FakeRequest of(String method, String path) {
    return new FakeRequest(method, path, Map.of(), new byte[0]);
  }

  public FakeRequest with(String name, String... values) {
    Map<String, List<String>> more = new LinkedHashMap<>(header);
    more.put(name.toLowerCase(Locale.ROOT), List.of(values));
    return new FakeRequest(method, path, more, content);
  }

  public FakeRequest withKey(String key) {
    byte[] credentials = (key + ":").getBytes(StandardCharsets.UTF_8);
    return with("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
  }

  public FakeRequest inGzip() {
    return new FakeRequest(method, path, header, gzip(content)).with("Content-Encoding", "gzip");
  }

  public static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  @Override
  public List<String> headers(String name) {
    return header.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  @Override
  public InputStream body() {
    return new ByteArrayInputStream(content);
  }

  @Override
  public Optional<String> peer() {
    return Optional.of("198.51.100.23");
  }
}
