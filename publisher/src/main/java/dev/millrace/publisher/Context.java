package dev.millrace.publisher;

import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Where a call comes from: the object {@code context} of Segment's spec. Immutable. Whatever is
 * null, a component of a record here too, is not known and left out.
 */
public final class Context {
  private static final Context EMPTY = new Context(Map.of());

  private final Map<String, Object> fields;

  private Context(Map<String, Object> fields) {
    this.fields = fields;
  }

  /** The app that calls. */
  public record App(String name, String version, String build, String namespace) {}

  /** What brought the user: the UTM parameters. */
  public record Campaign(String name, String source, String medium, String term, String content) {}

  /** The device that it runs on. */
  public record Device(String id, String manufacturer, String model, String name, String type) {}

  /** The library that makes the calls. */
  public record Library(String name, String version) {}

  /** Which networks there are. */
  public record Network(Boolean bluetooth, String carrier, Boolean cellular, Boolean wifi) {}

  /** The operating system. */
  public record Os(String name, String version) {}

  /** The web page. */
  public record Page(String path, String referrer, String search, String title, String url) {}

  /** What referred the user. */
  public record Referrer(String id, String type, String name, String url, String link) {}

  /**
   * The screen.
   *
   * @param width in pixels
   * @param height in pixels
   * @param density pixels a point
   */
  public record Screen(Integer width, Integer height, Double density) {}

  /** No context. */
  public static Context empty() {
    return EMPTY;
  }

  /** The same with the app. */
  public Context app(App app) {
    return with("app", app);
  }

  /** The same with the campaign. */
  public Context campaign(Campaign campaign) {
    return with("campaign", campaign);
  }

  /** The same with the device. */
  public Context device(Device device) {
    return with("device", device);
  }

  /** The same with the group that the call is made for. */
  public Context groupId(String groupId) {
    return with("groupId", groupId);
  }

  /** The same with the user's IP address. */
  public Context ip(String address) {
    return with("ip", address);
  }

  /** The same with the library. */
  public Context library(Library library) {
    return with("library", library);
  }

  /** The same with the user's locale, written such as {@code de-CH}. */
  public Context locale(Locale locale) {
    return with("locale", locale == null ? null : locale.toLanguageTag());
  }

  /** The same with the network. */
  public Context network(Network network) {
    return with("network", network);
  }

  /** The same with the operating system. */
  public Context os(Os os) {
    return with("os", os);
  }

  /** The same with the page. */
  public Context page(Page page) {
    return with("page", page);
  }

  /** The same with the referrer. */
  public Context referrer(Referrer referrer) {
    return with("referrer", referrer);
  }

  /** The same with the screen. */
  public Context screen(Screen screen) {
    return with("screen", screen);
  }

  /** The same with the user's time zone, written such as {@code Europe/Zurich}. */
  public Context timezone(ZoneId zone) {
    return with("timezone", zone == null ? null : zone.getId());
  }

  /** The same with traits of the user, as {@link Publisher#publish} takes values. */
  public Context traits(Object traits) {
    return with("traits", traits);
  }

  /** The same with the browser's own name for itself. */
  public Context userAgent(String userAgent) {
    return with("userAgent", userAgent);
  }

  /**
   * The same with a field of your own.
   *
   * @param value as {@link Publisher#publish} takes values; kept as it is, so it must not change
   *     afterwards; null changes nothing
   */
  public Context with(String field, Object value) {
    Objects.requireNonNull(field, "field");
    if (value == null) {
      return this;
    }
    Map<String, Object> more = new LinkedHashMap<>(fields);
    more.put(field, value);
    return new Context(Collections.unmodifiableMap(more));
  }

  /** Both; where both have a field, the other's. */
  public Context and(Context other) {
    Map<String, Object> both = new LinkedHashMap<>(fields);
    both.putAll(other.fields);
    return new Context(Collections.unmodifiableMap(both));
  }

  boolean isEmpty() {
    return fields.isEmpty();
  }

  Map<String, Object> fields() {
    return fields;
  }
}
