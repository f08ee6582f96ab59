package dev.millrace.normalizer;

import dev.millrace.normalizer.privacy.PrivacyRules;
import dev.millrace.normalizer.schema.DataType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How events become rows. Immutable; start from {@link #DEFAULT} and change what differs.
 *
 * @param eventNameField the field that holds an event's name; {@code event} unless set
 * @param resource the {@code resource} of root tables; {@code millrace} unless set
 * @param maxIdentifierLength longest name of a table or column, in code points; 300 (BigQuery's)
 *     unless set
 * @param maxNesting dlt's {@code max_nesting}; empty unless set, and then the nesting guard alone
 *     holds
 * @param rootKey whether child rows carry {@code _dlt_root_id}; false unless set
 * @param columnHints per root table ({@code *} for all of them), per column: what is known of it
 *     beforehand
 * @param preferredTypes column name, or {@code re:} and a regular expression searched for in it, to
 *     the type that a new column of that name takes
 * @param contracts what may change in the schema; everything unless set
 * @param privacy what becomes of values that must not be seen; none unless set
 * @param trustSystemKeys whether an event's own {@code _dlt_id} is its id (departure M3); false
 *     unless set
 * @param arraysAreSequences whether a text object's top-level array is read as its elements
 *     (departure M15, for files given by hand); false unless set
 * @param guards limits on what clients may do
 */
public record NormalizerSettings(
    String eventNameField,
    String resource,
    int maxIdentifierLength,
    OptionalInt maxNesting,
    boolean rootKey,
    Map<String, Map<String, ColumnHint>> columnHints,
    Map<String, DataType> preferredTypes,
    SchemaContracts contracts,
    PrivacyRules privacy,
    boolean trustSystemKeys,
    boolean arraysAreSequences,
    Guards guards) {

  /**
   * The property of a column that lists its tags. dlt takes no property that it doesn't know, but
   * for those that begin with {@code x-}.
   */
  public static final String TAGS = "x-tags";

  /**
   * What is known of a column before any value is seen.
   *
   * @param type null where the first value decides
   * @param nullable null where nothing is said, which means that it is
   * @param properties every other property, such as {@code description} or {@code precision}
   */
  public record ColumnHint(DataType type, Boolean nullable, Map<String, Object> properties) {
    public ColumnHint {
      properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }
  }

  /** What holds where nothing is set. */
  public static final NormalizerSettings DEFAULT =
      new NormalizerSettings(
          "event",
          "millrace",
          300,
          OptionalInt.empty(),
          false,
          Map.of(),
          Map.of(),
          SchemaContracts.NONE,
          PrivacyRules.NONE,
          false,
          false,
          Guards.DEFAULT);

  public NormalizerSettings {
    Objects.requireNonNull(eventNameField, "eventNameField");
    Objects.requireNonNull(resource, "resource");
    Objects.requireNonNull(contracts, "contracts");
    Objects.requireNonNull(privacy, "privacy");
    Objects.requireNonNull(guards, "guards");
    if (maxIdentifierLength < 16) {
      throw new IllegalArgumentException("maxIdentifierLength < 16: " + maxIdentifierLength);
    }
    columnHints = Collections.unmodifiableMap(new LinkedHashMap<>(columnHints));
    preferredTypes = Collections.unmodifiableMap(new LinkedHashMap<>(preferredTypes));
  }

  /** These settings with another field for the event's name. */
  public NormalizerSettings withEventNameField(String field) {
    return new NormalizerSettings(
        field,
        resource,
        maxIdentifierLength,
        maxNesting,
        rootKey,
        columnHints,
        preferredTypes,
        contracts,
        privacy,
        trustSystemKeys,
        arraysAreSequences,
        guards);
  }

  /** These settings with another {@code resource}. */
  public NormalizerSettings withResource(String name) {
    return new NormalizerSettings(
        eventNameField,
        name,
        maxIdentifierLength,
        maxNesting,
        rootKey,
        columnHints,
        preferredTypes,
        contracts,
        privacy,
        trustSystemKeys,
        arraysAreSequences,
        guards);
  }

  /** These settings with another limit to the length of names. */
  public NormalizerSettings withMaxIdentifierLength(int codePoints) {
    return new NormalizerSettings(
        eventNameField,
        resource,
        codePoints,
        maxNesting,
        rootKey,
        columnHints,
        preferredTypes,
        contracts,
        privacy,
        trustSystemKeys,
        arraysAreSequences,
        guards);
  }

  /** These settings with another {@code max_nesting}. */
  public NormalizerSettings withMaxNesting(OptionalInt levels) {
    return new NormalizerSettings(
        eventNameField,
        resource,
        maxIdentifierLength,
        levels,
        rootKey,
        columnHints,
        preferredTypes,
        contracts,
        privacy,
        trustSystemKeys,
        arraysAreSequences,
        guards);
  }

  /** These settings with or without {@code _dlt_root_id}. */
  public NormalizerSettings withRootKey(boolean propagated) {
    return new NormalizerSettings(
        eventNameField,
        resource,
        maxIdentifierLength,
        maxNesting,
        propagated,
        columnHints,
        preferredTypes,
        contracts,
        privacy,
        trustSystemKeys,
        arraysAreSequences,
        guards);
  }

  /** These settings with other column hints. */
  public NormalizerSettings withColumnHints(Map<String, Map<String, ColumnHint>> hints) {
    return new NormalizerSettings(
        eventNameField,
        resource,
        maxIdentifierLength,
        maxNesting,
        rootKey,
        hints,
        preferredTypes,
        contracts,
        privacy,
        trustSystemKeys,
        arraysAreSequences,
        guards);
  }

  /** These settings with other preferred types. */
  public NormalizerSettings withPreferredTypes(Map<String, DataType> types) {
    return new NormalizerSettings(
        eventNameField,
        resource,
        maxIdentifierLength,
        maxNesting,
        rootKey,
        columnHints,
        types,
        contracts,
        privacy,
        trustSystemKeys,
        arraysAreSequences,
        guards);
  }

  /** These settings with other contracts. */
  public NormalizerSettings withContracts(SchemaContracts other) {
    return new NormalizerSettings(
        eventNameField,
        resource,
        maxIdentifierLength,
        maxNesting,
        rootKey,
        columnHints,
        preferredTypes,
        other,
        privacy,
        trustSystemKeys,
        arraysAreSequences,
        guards);
  }

  /** These settings with other privacy rules. */
  public NormalizerSettings withPrivacy(PrivacyRules other) {
    return new NormalizerSettings(
        eventNameField,
        resource,
        maxIdentifierLength,
        maxNesting,
        rootKey,
        columnHints,
        preferredTypes,
        contracts,
        other,
        trustSystemKeys,
        arraysAreSequences,
        guards);
  }

  /** These settings with system keys of events trusted, or not. */
  public NormalizerSettings withTrustSystemKeys(boolean trusted) {
    return new NormalizerSettings(
        eventNameField,
        resource,
        maxIdentifierLength,
        maxNesting,
        rootKey,
        columnHints,
        preferredTypes,
        contracts,
        privacy,
        trusted,
        arraysAreSequences,
        guards);
  }

  /** These settings with top-level arrays of text objects read as their elements, or not. */
  public NormalizerSettings withArraysAreSequences(boolean sequences) {
    return new NormalizerSettings(
        eventNameField,
        resource,
        maxIdentifierLength,
        maxNesting,
        rootKey,
        columnHints,
        preferredTypes,
        contracts,
        privacy,
        trustSystemKeys,
        sequences,
        guards);
  }

  /** These settings with other guards. */
  public NormalizerSettings withGuards(Guards other) {
    return new NormalizerSettings(
        eventNameField,
        resource,
        maxIdentifierLength,
        maxNesting,
        rootKey,
        columnHints,
        preferredTypes,
        contracts,
        privacy,
        trustSystemKeys,
        arraysAreSequences,
        other);
  }
}
