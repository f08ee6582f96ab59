package dev.millrace.cli.ids;

import dev.millrace.normalizer.IdField;
import dev.millrace.normalizer.IdSearch;
import dev.millrace.normalizer.privacy.PrivacyAction;
import dev.millrace.normalizer.privacy.PrivacyRules;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An id whose events are looked for: a person's, or one event's.
 *
 * @param field which id it is
 * @param id as tables have it
 * @param spellings the id as tables may have it: as it is, and hashed where a rule hashes it
 * @param hidden what a privacy rule makes of the id instead, so that tables can't be searched for
 *     it: {@code drop} or {@code mask}; else null. A message id is found all the same, for row ids
 *     are made of it
 */
public record SearchedId(IdField field, String id, Set<String> spellings, String hidden) {
  public SearchedId {
    Objects.requireNonNull(field, "field");
    spellings = Set.copyOf(spellings);
  }

  /** The id under the dataset's privacy rules as they are now. */
  public static SearchedId of(IdField field, String id, PrivacyRules privacy) {
    Set<String> spellings = new LinkedHashSet<>(List.of(id));
    String hidden = null;
    for (String key : keys(field)) {
      PrivacyAction action = privacy.root().key(key).action();
      if (action == PrivacyAction.HASH) {
        spellings.add(privacy.hash(id));
      } else if (action != null && field != IdField.MESSAGE_ID) {
        hidden = action.word();
      }
    }
    return new SearchedId(field, id, spellings, hidden);
  }

  private static List<String> keys(IdField field) {
    return switch (field) {
      case USER_ID -> List.of("userId", "user_id", "previousId");
      case ANONYMOUS_ID -> List.of("anonymousId", "anonymous_id", "previousId");
      case MESSAGE_ID -> List.of("messageId", "message_id");
    };
  }

  /** Looks for it in what is kept of bad events. */
  public IdSearch search() {
    return new IdSearch((found, value) -> found == field && spellings.contains(value));
  }

  @Override
  public String toString() {
    return field.word() + " " + id;
  }
}
