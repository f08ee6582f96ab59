package dev.millrace.loader.packages;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.loader.ports.Staging;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** The load packages in the staging place. Thread-safe. */
public final class Packages {
  private static final Logger LOG = System.getLogger(Packages.class.getName());

  private final Staging staging;
  private final Supplier<String> attemptIds;

  /**
   * @param attemptIds gives an id that no other attempt has, fit for a file name
   */
  public Packages(Staging staging, Supplier<String> attemptIds) {
    this.staging = Objects.requireNonNull(staging, "staging");
    this.attemptIds = Objects.requireNonNull(attemptIds, "attemptIds");
  }

  /** The manifest of a package that is sealed, by whomever. */
  public Optional<Manifest> find(String loadId) throws IOException {
    String path = manifestPath(loadId);
    Optional<byte[]> content = staging.read(path);
    return content.isEmpty()
        ? Optional.empty()
        : Optional.of(ManifestFile.read(path, content.get()));
  }

  /** A new attempt at a batch's package. */
  public Attempt attempt(BatchRef batch, String loadId) {
    return new Attempt(staging, batch, loadId, attemptIds.get());
  }

  /**
   * Seals the package, unless somebody else has: then this attempt's parts are dropped.
   *
   * @return the manifest that holds
   */
  public Manifest seal(Attempt attempt, Manifest manifest) throws IOException {
    String path = manifestPath(manifest.loadId());
    if (staging.createIfAbsent(path, ManifestFile.write(manifest))) {
      return manifest;
    }
    Manifest sealed =
        find(manifest.loadId())
            .orElseThrow(
                () -> new LoadException(LoadError.UNAVAILABLE, path + " is there and is not"));
    // An earlier try of the same request may have got through without our hearing of it.
    if (!sealed.attempt().equals(attempt.id())) {
      drop(attempt);
    }
    return sealed;
  }

  /** Deletes what an attempt that lost has written. What can't be deleted does no harm. */
  public void drop(Attempt attempt) {
    attempt.abandon();
    for (String path : attempt.paths()) {
      try {
        staging.delete(path);
      } catch (IOException e) {
        LOG.log(Level.WARNING, "{0} is of no use and can''t be deleted: {1}", path, e.getMessage());
      }
    }
  }

  /** A sealed package as a warehouse takes it. */
  public SealedPackage open(Manifest manifest) throws IOException {
    Map<String, SealedPackage.TableParts> tables = new LinkedHashMap<>();
    manifest
        .tables()
        .forEach(
            (name, table) ->
                tables.put(
                    name,
                    new SealedPackage.TableParts(
                        table.parts().stream().map(part -> location(part)).toList(),
                        table.columns(),
                        table.rows())));
    return new SealedPackage(manifest.loadId(), schema(manifest), tables);
  }

  /** Where the warehouse finds a part. */
  public String location(Part part) {
    return location(part.path());
  }

  /** Where the warehouse finds a staged object. */
  public String location(String path) {
    return staging.location(path);
  }

  /** The path of an object of a package, beside its manifest. */
  public String path(String loadId, String name) {
    return "packages/" + loadId + "/" + name;
  }

  /** Creates an object at such a path, or replaces it. */
  public OutputStream create(String path) throws IOException {
    return staging.create(path);
  }

  /**
   * Opens a part of a sealed package, to be closed by the reader.
   *
   * @throws LoadException {@link LoadError#MISCONFIGURED} if it is gone
   */
  public InputStream read(Part part) throws IOException {
    try {
      return staging.open(part.path());
    } catch (NoSuchFileException e) {
      throw gone(part.path());
    }
  }

  private Schema schema(Manifest manifest) throws IOException {
    String path = manifest.schema().path();
    byte[] document = staging.read(path).orElseThrow(() -> gone(path));
    try {
      return Schema.parse(document);
    } catch (IllegalArgumentException e) {
      throw new LoadException(LoadError.MISCONFIGURED, path + ": " + e.getMessage(), e);
    }
  }

  /** That an object of a sealed package is not there. */
  public static LoadException gone(String path) {
    return new LoadException(
        LoadError.MISCONFIGURED,
        path
            + " of a sealed package is gone from the staging place; keep staged objects longer, and"
            + " delete the package's manifest to make it anew");
  }

  private String manifestPath(String loadId) {
    return path(loadId, "manifest.json");
  }
}
