package dev.millrace.cli.preview;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.console.Progress;
import dev.millrace.cli.files.EventFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of one command, each content once. */
record EventFiles(List<EventFile> all) implements AutoCloseable {
  /**
   * Looks at files by their names.
   *
   * @throws Failure if one can't be read
   */
  static EventFiles named(List<String> names, Progress progress) {
    EventFiles files = new EventFiles(new ArrayList<>());
    Map<String, String> contents = new HashMap<>();
    boolean whole = false;
    try {
      Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
      for (String name : names) {
        EventFile file = EventFile.named(name, temporary, progress);
        String same = contents.putIfAbsent(file.sha256(), file.name());
        if (same == null) {
          files.all.add(file);
        } else {
          file.close();
          progress.note("%s is the same as %s, and counts once".formatted(file.name(), same));
        }
      }
      whole = true;
      return files;
    } finally {
      if (!whole) {
        files.close();
      }
    }
  }

  /**
   * Fails if a file lies in a folder that is to be written.
   *
   * @throws Failure that names it
   */
  void refuseBelow(Path folder) throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    for (EventFile file : all) {
      if (file.path().toAbsolutePath().normalize().startsWith(target)) {
        throw Failure.usage(file.name() + " lies in " + folder + ", which is written anew");
      }
    }
  }

  @Override
  public void close() {
    all.forEach(EventFile::close);
  }
}
