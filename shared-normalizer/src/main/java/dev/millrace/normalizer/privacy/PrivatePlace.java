package dev.millrace.normalizer.privacy;

import java.util.ArrayList;
import java.util.List;

/** A place in events, and what rules say of it and of what is below it. Immutable. */
public final class PrivatePlace {
  /** A place that no rule reaches, nor anything below it. */
  public static final PrivatePlace PUBLIC = new PrivatePlace(List.of(), null);

  /** What is left of a rule's path below a place. */
  record Rest(List<String> segments, int at, PrivacyAction action) {
    boolean isDone() {
      for (int i = at; i < segments.size(); i++) {
        if (!segments.get(i).equals(PrivacyRule.ANY)) {
          return false;
        }
      }
      return true;
    }
  }

  private final List<Rest> rests;
  private final PrivacyAction action;

  private PrivatePlace(List<Rest> rests, PrivacyAction action) {
    this.rests = rests;
    this.action = action;
  }

  /**
   * @param inherited the action on the container that the place is in, or null
   */
  static PrivatePlace of(List<Rest> rests, PrivacyAction inherited) {
    PrivacyAction action = inherited;
    for (Rest rest : rests) {
      // Of several rules the strictest holds; they are declared in that order.
      if (rest.isDone() && (action == null || rest.action.compareTo(action) < 0)) {
        action = rest.action;
      }
    }
    return rests.isEmpty() && action == null
        ? PUBLIC
        : new PrivatePlace(List.copyOf(rests), action);
  }

  /** What is done to a value at this place, or null. */
  public PrivacyAction action() {
    return action;
  }

  /** The place of a key's value in an object at this place. */
  public PrivatePlace key(String key) {
    return this == PUBLIC ? PUBLIC : below(key);
  }

  /** The place of the elements of a list at this place. */
  public PrivatePlace element() {
    return this == PUBLIC ? PUBLIC : below(null);
  }

  /**
   * @param key null for a list element
   */
  private PrivatePlace below(String key) {
    List<Rest> next = new ArrayList<>();
    for (Rest rest : rests) {
      advance(rest, key, next);
    }
    return of(next, action);
  }

  private static void advance(Rest rest, String key, List<Rest> next) {
    if (rest.at == rest.segments.size()) {
      return;
    }
    String segment = rest.segments.get(rest.at);
    Rest after = new Rest(rest.segments, rest.at + 1, rest.action);
    if (segment.equals(PrivacyRule.ANY)) {
      add(rest, next);
      advance(after, key, next);
    } else if (segment.equals(PrivacyRule.ONE) || segment.equals(key)) {
      add(after, next);
    }
  }

  private static void add(Rest rest, List<Rest> next) {
    if (!next.contains(rest)) {
      next.add(rest);
    }
  }
}
