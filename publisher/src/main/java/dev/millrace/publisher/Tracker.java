package dev.millrace.publisher;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Segment's calls, on behalf of somebody and in a context. Properties and traits are maps, records
 * or Jackson object nodes, of values as {@link Publisher#publish} takes them; null for none.
 * Immutable and thread-safe: keep one as long as you like.
 */
public final class Tracker {
  private final Calls calls;
  private final String userId;
  private final String anonymousId;
  private final Context context;

  /** What takes the calls. */
  record Calls(
      Function<Object, Publication> publish,
      BiFunction<Outcome.Reason, String, Publication> refuse) {}

  Tracker(Calls calls, String userId, String anonymousId, Context context) {
    this.calls = calls;
    this.userId = userId;
    this.anonymousId = anonymousId;
    this.context = context;
  }

  /**
   * The same on behalf of this user.
   *
   * @param id null where nobody is logged in
   */
  public Tracker withUser(String id) {
    return new Tracker(calls, id, anonymousId, context);
  }

  /**
   * The same with this anonymous id, beside the user's id if there is one.
   *
   * @param id null for none
   */
  public Tracker withAnonymous(String id) {
    return new Tracker(calls, userId, id, context);
  }

  /**
   * The same in this context; what it doesn't say is taken from the one so far.
   *
   * @param more null for no more
   */
  public Tracker withContext(Context more) {
    return more == null ? this : new Tracker(calls, userId, anonymousId, context.and(more));
  }

  /**
   * Something happened.
   *
   * @param event what, such as {@code Order Completed}; names the table
   */
  public Publication track(String event, Object properties) {
    if (isBlank(event)) {
      return invalid("The event has no name.");
    }
    Map<String, Object> call = call("track");
    call.put("event", event);
    call.put("properties", orEmpty(properties));
    return calls.publish().apply(call);
  }

  /** Says who the user is; goes to the table {@code identifies}. */
  public Publication identify(Object traits) {
    Map<String, Object> call = call("identify");
    call.put("traits", orEmpty(traits));
    return calls.publish().apply(call);
  }

  /**
   * A page was seen; goes to the table {@code pages}.
   *
   * @param name null for none
   */
  public Publication page(String name, Object properties) {
    return seen("page", name, properties);
  }

  /**
   * A screen of an app was seen; goes to the table {@code screens}.
   *
   * @param name null for none
   */
  public Publication screen(String name, Object properties) {
    return seen("screen", name, properties);
  }

  private Publication seen(String type, String name, Object properties) {
    Map<String, Object> call = call(type);
    if (name != null) {
      call.put("name", name);
    }
    call.put("properties", orEmpty(properties));
    return calls.publish().apply(call);
  }

  /** Puts the user in a group, such as a company; goes to the table {@code groups}. */
  public Publication group(String groupId, Object traits) {
    if (isBlank(groupId)) {
      return invalid("The group has no id.");
    }
    Map<String, Object> call = call("group");
    call.put("groupId", groupId);
    call.put("traits", orEmpty(traits));
    return calls.publish().apply(call);
  }

  /** Says by which id the user was known before; goes to the table {@code aliases}. */
  public Publication alias(String previousId) {
    if (isBlank(previousId)) {
      return invalid("The alias has no previous id.");
    }
    Map<String, Object> call = call("alias");
    call.put("previousId", previousId);
    return calls.publish().apply(call);
  }

  private Map<String, Object> call(String type) {
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("type", type);
    if (userId != null) {
      call.put("userId", userId);
    }
    if (anonymousId != null) {
      call.put("anonymousId", anonymousId);
    }
    if (!context.isEmpty()) {
      call.put("context", context.fields());
    }
    return call;
  }

  private Publication invalid(String detail) {
    return calls.refuse().apply(Outcome.Reason.INVALID, detail);
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }

  private static Object orEmpty(Object values) {
    return values == null ? Map.of() : values;
  }
}
