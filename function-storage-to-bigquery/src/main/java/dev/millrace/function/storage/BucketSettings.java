package dev.millrace.function.storage;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SettingsSource;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Settings files in Cloud Storage: {@code gs://bucket/millrace.yaml}. */
public final class BucketSettings implements SettingsSource {
  private static final Pattern ADDRESS = Pattern.compile("gs://([^/]+)/(.+)");

  private final StorageClient client;

  /** Of Google, with the credentials of the environment, or of the emulator that it names. */
  public BucketSettings() {
    this(StorageClient.ofEnvironment(System.getenv()));
  }

  BucketSettings(StorageClient client) {
    this.client = client;
  }

  @Override
  public String scheme() {
    return "gs";
  }

  @Override
  public byte[] read(String address) throws LoadException {
    Matcher matcher = ADDRESS.matcher(address);
    if (!matcher.matches()) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          address + " names no object; gs://<bucket>/<object> is expected");
    }
    String bucket = matcher.group(1);
    StorageFailures failures = new StorageFailures(bucket, "roles/storage.objectViewer");
    try {
      return new SmallObjects(client, bucket, failures)
          .read(matcher.group(2))
          .orElseThrow(
              () ->
                  new LoadException(
                      LoadError.MISCONFIGURED,
                      address + ": there is no such object; settings are expected in it"))
          .bytes();
    } catch (LoadException e) {
      throw e;
    } catch (IOException e) {
      throw new LoadException(LoadError.UNAVAILABLE, address + " can't be read: " + e, e);
    }
  }
}
