package dev.millrace.tests.emulator;

import dev.millrace.tests.process.Child;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Programs of the Go module beside this class, built once for all builds of this user: in {@code
 * ${XDG_CACHE_HOME:-~/.cache}/millrace/emulators/<hash of the module's versions>}.
 */
final class GoPrograms {
  private static final Duration BUILD_PATIENCE = Duration.ofMinutes(30);
  private static final Duration VERSION_PATIENCE = Duration.ofMinutes(1);
  private static final List<String> MODULE_FILES = List.of("go.mod", "go.sum");

  /** A file's lock belongs to the process, so its threads need one more. */
  private static final Object BUILDING = new Object();

  private GoPrograms() {}

  /**
   * Finds a program, or builds it. A build may take minutes; others that want it meanwhile wait.
   *
   * @param name of the built file
   * @param packagePath the Go package of its main function
   * @return empty where Go isn't installed and nobody has built it
   */
  static Optional<Path> find(String name, String packagePath)
      throws IOException, InterruptedException {
    Path folder = cacheFolder();
    Path program = folder.resolve(name);
    if (Files.isExecutable(program)) {
      return Optional.of(program);
    }
    if (!goIsInstalled()) {
      return Optional.empty();
    }
    Files.createDirectories(folder);
    synchronized (BUILDING) {
      try (FileChannel lock =
          FileChannel.open(
              folder.resolve(name + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE)) {
        // Closing the channel lets go of the lock.
        lock.lock();
        if (!Files.isExecutable(program)) {
          build(packagePath, folder, program);
        }
      }
    }
    return Optional.of(program);
  }

  private static void build(String packagePath, Path folder, Path program)
      throws IOException, InterruptedException {
    Path module = Files.createDirectories(folder.resolve("module"));
    for (String file : MODULE_FILES) {
      Files.write(module.resolve(file), resource(file));
    }
    Path unfinished = folder.resolve(program.getFileName() + ".unfinished");
    List<String> command =
        List.of(
            "go",
            "-C",
            module.toString(),
            "build",
            "-mod=readonly",
            "-trimpath",
            "-o",
            unfinished.toString(),
            packagePath);
    try (Child go = Child.start(command, Map.of())) {
      Child.Finished finished = go.finish(BUILD_PATIENCE);
      if (finished.exitCode() != 0) {
        throw new AssertionError(
            "%s failed. It needs Go 1.26 or newer, a C++ compiler, and the Go proxy once:%n%s%s"
                .formatted(String.join(" ", command), finished.out(), finished.err()));
      }
    }
    Files.move(unfinished, program, StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean goIsInstalled() throws InterruptedException {
    try (Child go = Child.start(List.of("go", "version"), Map.of())) {
      return go.finish(VERSION_PATIENCE).exitCode() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Path cacheFolder() throws IOException {
    String named = System.getenv("XDG_CACHE_HOME");
    Path cache =
        named == null || named.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(named);
    MessageDigest sha256;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    for (String file : MODULE_FILES) {
      sha256.update(resource(file));
    }
    String hash = HexFormat.of().formatHex(sha256.digest(), 0, 8);
    return cache.resolve("millrace").resolve("emulators").resolve(hash);
  }

  private static byte[] resource(String file) throws IOException {
    try (InputStream content = GoPrograms.class.getResourceAsStream("go/" + file)) {
      return content.readAllBytes();
    }
  }
}
