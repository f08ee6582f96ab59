package dev.millrace.tests.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles Java with the publisher on the class path. A block with imports is a file of its own,
 * and commands that follow can run it; any other stands in a class, as its members or as a method's
 * body, and the remark {@code given} is other members of that class.
 */
final class JavaTrial implements Trial {
  private static final Pattern TYPE = Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)");
  private static final Pattern MEMBER = Pattern.compile("(?m)^(@|public |static |class )");
  private static final String IMPORTS =
      """
      import com.segment.analytics.*;
      import dev.millrace.publisher.*;
      import dev.millrace.publisher.http.*;
      import dev.millrace.publisher.micrometer.*;
      import dev.millrace.publisher.pubsub.*;
      import dev.millrace.publisher.testsupport.*;
      import io.micrometer.core.instrument.binder.MeterBinder;
      import java.net.URI;
      import java.nio.file.Path;
      import java.time.Duration;
      import java.util.*;
      import java.util.stream.Stream;
      import org.springframework.beans.factory.annotation.Value;
      import org.springframework.context.annotation.*;
      import static org.junit.jupiter.api.Assertions.*;
      """;

  private final Path folder;
  private int snippets;

  /**
   * @param folder whose subfolder {@code classes} takes what is compiled
   */
  JavaTrial(Path folder) {
    this.folder = folder;
  }

  @Override
  public void of(Block block) throws Exception {
    Matcher type = TYPE.matcher(block.text());
    if (block.text().contains("import ") && type.find()) {
      compile(type.group(1), block.text());
      return;
    }
    String name = "Snippet" + ++snippets;
    String body = block.text().replace("…", "/* … */");
    String given = block.remark(Remark.Kind.GIVEN).orElse("");
    String members =
        MEMBER.matcher(body).find() ? body : "void run() throws Exception {\n%s\n}".formatted(body);
    compile(name, "%sclass %s {\n%s\n%s\n}\n".formatted(IMPORTS, name, given, members));
  }

  private void compile(String name, String source) throws Exception {
    Path file = Files.writeString(folder.resolve(name + ".java"), source, UTF_8);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    StringWriter other = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(problems, Locale.ROOT, UTF_8)) {
      boolean compiled =
          compiler
              .getTask(
                  other,
                  files,
                  problems,
                  List.of("-proc:none", "-d", folder.resolve("classes").toString()),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      if (!compiled) {
        throw new AssertionError(problems.getDiagnostics() + "\n" + other + "\n" + source);
      }
    }
  }
}
