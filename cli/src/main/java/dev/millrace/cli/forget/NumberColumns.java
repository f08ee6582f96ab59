package dev.millrace.cli.forget;

import dev.millrace.normalizer.IdNumber;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.types.PythonNumbers;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An id in columns of numbers. A load puts texts that are numbers there too, and the column no
 * longer tells them apart: "042" is 42. So rows are looked for by the spelling alone that a column
 * gives its number, which is also what later loads skip.
 */
final class NumberColumns {
  private final String id;
  private final Map<String, List<String>> comparedByOther = new LinkedHashMap<>();
  private final Map<String, List<String>> otherwise = new LinkedHashMap<>();

  NumberColumns(String id) {
    this.id = id;
  }

  /** The number to compare a column with; empty if none that is spelled so can be there. */
  Optional<Number> compared(String column, DataType type) {
    if (type == DataType.BIGINT) {
      return whole().filter(number -> isSpelled(column, List.of(number.toString())));
    }
    return real().filter(number -> isSpelled(column, IdNumber.spellings(number.doubleValue())));
  }

  /** What a load makes of the id in a bigint column. */
  private Optional<Number> whole() {
    return Optional.ofNullable(PythonNumbers.toInteger(id))
        .filter(number -> number.bitLength() < Long.SIZE)
        .map(BigInteger::longValue);
  }

  /** What a load makes of the id in a double column. */
  private Optional<Number> real() {
    return Optional.<Number>ofNullable(PythonNumbers.toDouble(id))
        .filter(number -> Double.isFinite(number.doubleValue()));
  }

  private boolean isSpelled(String column, List<String> spellings) {
    boolean isSpelled = spellings.contains(id);
    String other =
        spellings.stream()
            .filter(each -> !isSpelled || !each.equals(id))
            .findFirst()
            .orElse(padded());
    (isSpelled ? comparedByOther : otherwise)
        .computeIfAbsent(other, each -> new ArrayList<>())
        .add(column);
    return isSpelled;
  }

  private String padded() {
    return id.startsWith("-") ? "-0" + id.substring(1) : "0" + id;
  }

  /** What such columns can't tell. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    comparedByOther.forEach(
        (other, columns) ->
            notes.add(
                "%s in %s may have been \"%s\" or the like before it was loaded: such rows count as theirs, and loads go on taking such ids"
                    .formatted(id, String.join(", ", columns), other)));
    otherwise.forEach(
        (other, columns) ->
            notes.add(
                "%s would be %s in %s, which can't tell it from others: rows of %s are not theirs"
                    .formatted(id, other, String.join(", ", columns), other)));
    return notes;
  }
}
