package dev.millrace.normalizer.privacy;

/** What becomes of a value before it leaves the landing bucket. */
public enum PrivacyAction {
  /** It is gone, a container with all that is in it. */
  DROP("drop"),
  /** It is replaced by its keyed hash: equal values stay equal, and nothing can be read. */
  HASH("hash"),
  /** It is replaced by {@code ***}. */
  MASK("mask");

  private final String word;

  PrivacyAction(String word) {
    this.word = word;
  }

  /** The action as settings spell it. */
  public String word() {
    return word;
  }

  /**
   * The action that is spelled so.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PrivacyAction of(String word) {
    for (PrivacyAction action : values()) {
      if (action.word.equals(word)) {
        return action;
      }
    }
    throw new IllegalArgumentException(
        "no privacy action: " + word + "; there are drop, hash and mask");
  }
}
