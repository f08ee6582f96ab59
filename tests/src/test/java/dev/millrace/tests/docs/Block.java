package dev.millrace.tests.docs;

import java.util.List;
import java.util.Optional;

/**
 * A fenced block of a page.
 *
 * @param place {@code page:line} of its first line, for failures
 * @param language the first word behind the fence; empty if there is none
 * @param variant the second word, such as a dialect of SQL; empty if there is none
 * @param remarks what the comments right before the block say to these tests
 * @param prints the block in the language {@code text} that follows shell commands, if one does
 */
record Block(
    String place,
    String language,
    String variant,
    String text,
    List<Remark> remarks,
    Optional<String> prints) {
  Block {
    remarks = List.copyOf(remarks);
  }

  /** This block with what it prints. */
  Block printing(String output) {
    return new Block(place, language, variant, text, remarks, Optional.of(output));
  }

  /** What the comment of this kind says, if there is one. */
  Optional<String> remark(Remark.Kind kind) {
    return remarks.stream().filter(remark -> remark.kind() == kind).map(Remark::text).findFirst();
  }
}
