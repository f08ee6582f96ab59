package dev.millrace.tests.cloud;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@code scripts/bench coldstart} loads from and into: Cloud Storage and BigQuery in a process
 * of their own. It prints the environment of a function, then an empty line; after that, for each
 * name that it reads, it lands the batch under it and prints the object's generation.
 */
final class ColdStartCloud {
  private ColdStartCloud() {}

  /**
   * Runs until its input ends.
   *
   * @param arguments a folder for the settings file, and the batch's file
   */
  public static void main(String[] arguments) throws Exception {
    byte[] batch = Files.readAllBytes(Path.of(arguments[1]));
    try (Cloud cloud = Cloud.start();
        BufferedReader names =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      print(cloud.deploy(), Path.of(arguments[0]));
      for (String name = names.readLine(); name != null; name = names.readLine()) {
        System.out.println(cloud.land(name, batch).generation());
      }
    }
  }

  private static void print(Deployment deployment, Path folder) throws IOException {
    deployment
        .environment(folder, "")
        .forEach((name, value) -> System.out.println(name + "=" + value));
    System.out.println();
  }
}
