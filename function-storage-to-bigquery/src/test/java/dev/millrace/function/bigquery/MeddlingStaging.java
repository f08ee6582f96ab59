package dev.millrace.function.bigquery;

import dev.millrace.loader.ports.Staging;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A staging place during whose creation of an object something else happens.
 *
 * @param meddling done before each object that is created unless it is there
 */
record MeddlingStaging(Staging staging, Runnable meddling) implements Staging {
  @Override
  public OutputStream create(String path) throws IOException {
    return staging.create(path);
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) throws IOException {
    meddling.run();
    return staging.createIfAbsent(path, content);
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    return staging.read(path);
  }

  @Override
  public InputStream open(String path) throws IOException {
    return staging.open(path);
  }

  @Override
  public void delete(String path) throws IOException {
    staging.delete(path);
  }

  @Override
  public String location(String path) {
    return staging.location(path);
  }
}
