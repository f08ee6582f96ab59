package dev.millrace.tests.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.Eventually;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An image that {@code scripts/image} has built, unpacked.
 *
 * @param root what a container would see as {@code /}, but for the base
 * @param config as the registry has it
 */
record Image(Path root, JsonNode config) {
  private static final Duration BUILD_PATIENCE = Duration.ofMinutes(20);

  /**
   * Builds one on this JDK.
   *
   * @param folder an empty one
   * @param options of the script, before {@code tar}
   */
  static Image build(Path folder, String... options) throws Exception {
    Path tar = folder.resolve("image.tar");
    List<String> command = new ArrayList<>();
    command.add(Checkout.root().resolve("scripts/image").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("tar", tar.toString(), "--without-base"));
    Map<String, String> sameJdk = Map.of("JAVA_HOME", System.getProperty("java.home"));
    try (Child build = Child.start(command, sameJdk)) {
      Child.Finished finished = build.finish(BUILD_PATIENCE);
      assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
      assertThat(finished.out()).as("what scripts read").isEqualTo(tar + "\n");
    }
    Map<String, byte[]> parts = parts(tar);
    JsonNode manifest = JsonMapper.shared().readTree(parts.get("manifest.json")).get(0);
    Path root = Files.createDirectory(folder.resolve("root"));
    for (JsonNode layer : manifest.path("Layers")) {
      unpack(parts.get(layer.asString()), root);
    }
    return new Image(
        root, JsonMapper.shared().readTree(parts.get(manifest.path("Config").asString())));
  }

  JsonNode container() {
    return config.path("config");
  }

  /** Names of what its bill of materials lists. */
  List<String> components(String bill) {
    JsonNode sbom = JsonMapper.shared().readTree(root.resolve("app/sbom/" + bill).toFile());
    assertThat(sbom.path("bomFormat").asString()).isEqualTo("CycloneDX");
    List<String> names = new ArrayList<>();
    sbom.path("components").forEach(component -> names.add(component.path("name").asString()));
    return names;
  }

  /** Paths of its jars, from {@code /app}. */
  List<String> classPath() throws IOException {
    return Files.readAllLines(root.resolve("app/java.args")).stream()
        .filter(line -> line.startsWith("-cp "))
        .flatMap(line -> List.of(line.substring("-cp ".length()).split(":")).stream())
        .toList();
  }

  /**
   * Runs its entry point as a container would, as on Cloud Run, until it listens.
   *
   * @param more of the environment
   * @param classes file for the log of what is loaded from where
   */
  Child start(int port, Map<String, String> more, Path classes) throws Exception {
    Map<String, String> environment = new TreeMap<>(more);
    environment.put("PORT", Integer.toString(port));
    environment.put("K_SERVICE", "millrace");
    environment.put("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + classes + ":none:filecount=0");
    for (JsonNode variable : container().path("Env")) {
      String[] pair = variable.asString().split("=", 2);
      environment.put(pair[0], pair[1]);
    }
    // A child has no working directory of its own, and the entry point counts on its.
    List<String> command = new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec \"$@\""));
    command.add(root + container().path("WorkingDir").asString());
    for (JsonNode part : container().path("Entrypoint")) {
      String text = part.asString();
      command.add(text.startsWith("/") ? root + text : text);
    }
    Child child = Child.start(command, environment);
    Eventually.until(
        "the entry point listens",
        Duration.ofMinutes(2),
        () -> {
          assertThat(child.isAlive()).as(child.out() + child.err()).isTrue();
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
          } catch (IOException notYet) {
            return false;
          }
        });
    return child;
  }

  /** Where a class was loaded from. */
  static String source(String type, Path classes) throws IOException {
    List<String> found =
        Files.readAllLines(classes).stream()
            .filter(loaded -> loaded.startsWith(type + " source:"))
            .toList();
    assertThat(found).as("loads of " + type).hasSize(1);
    return found.get(0);
  }

  private static Map<String, byte[]> parts(Path tar) throws IOException {
    Map<String, byte[]> parts = new TreeMap<>();
    try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(tar))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        parts.put(entry.getName(), in.readAllBytes());
      }
    }
    return parts;
  }

  private static void unpack(byte[] layer, Path root) throws IOException {
    InputStream bytes = new ByteArrayInputStream(layer);
    boolean packed = layer.length > 1 && (layer[0] & 0xff) == 0x1f && (layer[1] & 0xff) == 0x8b;
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(packed ? new GZIPInputStream(bytes) : bytes)) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = root.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
          continue;
        }
        Files.copy(in, file);
        Files.setLastModifiedTime(file, FileTime.from(entry.getModTime().toInstant()));
        if ((entry.getMode() & 0100) != 0 && !file.toFile().setExecutable(true)) {
          throw new IOException("can't make executable: " + file);
        }
      }
    }
  }
}
