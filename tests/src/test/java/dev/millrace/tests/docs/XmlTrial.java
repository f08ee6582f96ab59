package dev.millrace.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Looks whether the artifacts that a page tells to depend on are modules of ours. */
final class XmlTrial implements Trial {
  @Override
  public void of(Block block) throws Exception {
    List<String> named = coordinates(parsed("<page>" + block.text() + "</page>"));

    assertThat(named).isNotEmpty();
    assertThat(modules()).containsAll(named);
  }

  private static List<String> modules() throws Exception {
    String version = text(pom(Page.CHECKOUT.resolve("pom.xml")).getDocumentElement(), "version");
    List<String> modules = new ArrayList<>();
    try (Stream<Path> folders = Files.list(Page.CHECKOUT)) {
      for (Path pom : folders.map(it -> it.resolve("pom.xml")).filter(Files::exists).toList()) {
        modules.add(
            "dev.millrace:%s:%s"
                .formatted(text(pom(pom).getDocumentElement(), "artifactId"), version));
      }
    }
    return modules;
  }

  private static List<String> coordinates(Document document) {
    List<String> coordinates = new ArrayList<>();
    for (int i = 0; i < document.getElementsByTagName("dependency").getLength(); i++) {
      Element dependency = (Element) document.getElementsByTagName("dependency").item(i);
      coordinates.add(
          String.join(
              ":",
              text(dependency, "groupId"),
              text(dependency, "artifactId"),
              text(dependency, "version")));
    }
    return coordinates;
  }

  private static Document pom(Path file) throws Exception {
    return parsed(Files.readString(file));
  }

  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  /** The text of the first child of this name. */
  private static String text(Element parent, String name) {
    for (org.w3c.dom.Node node = parent.getFirstChild();
        node != null;
        node = node.getNextSibling()) {
      if (node.getNodeName().equals(name)) {
        return node.getTextContent();
      }
    }
    return "";
  }
}
