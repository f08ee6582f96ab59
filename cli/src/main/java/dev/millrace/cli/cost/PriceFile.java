package dev.millrace.cli.cost;

import dev.millrace.cli.console.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Price lists as YAML: the one that comes with the program, {@code prices.yaml} beside this class,
 * and over it a person's own, in which only what differs need stand.
 */
final class PriceFile {
  private static final String VERSION_KEY = "millrace_prices";
  private static final String VERSION = "1";
  private static final String SHIPPED = "prices.yaml";
  private static final int MAX_BYTES = 1 << 20;

  /** More than anybody sends in a month. */
  private static final double NO_END = 1e15;

  private final List<YamlEntry> files;

  private PriceFile(List<YamlEntry> files) {
    this.files = files;
  }

  /** The program's own list. */
  static PriceFile shipped() {
    return new PriceFile(List.of(read(SHIPPED, resource())));
  }

  /**
   * The program's own list with a person's over it.
   *
   * @param today the latest day that a price of the list may be of
   * @throws Failure if the file can't be used; it names the line
   */
  static PriceFile over(Path own, LocalDate today) throws IOException {
    if (!Files.isRegularFile(own)) {
      throw Failure.usage(own + " is not there, or is no file");
    }
    if (Files.size(own) > MAX_BYTES) {
      throw Failure.usage(own + " has more than a MiB; that is no price list");
    }
    YamlEntry file = read(own.toString(), Files.readString(own));
    refuseLater(file, today);
    return new PriceFile(List.of(file, read(SHIPPED, resource())));
  }

  /** The regions that there are prices for, a person's own first. */
  Set<String> regions() {
    Set<String> regions = new LinkedHashSet<>();
    files.forEach(file -> regions.addAll(file.entries("regions").keySet()));
    return regions;
  }

  /**
   * The prices of a region.
   *
   * @param region null for the list's default
   * @throws Failure if the region isn't known or one of its prices is missing; it says which
   */
  PriceList of(String region) {
    String name = region == null ? defaultRegion() : region;
    if (!regions().contains(name)) {
      throw Failure.usage(
          "there are no prices for region '%s'; known are %s. Put its prices into a list of your own and name that with --prices."
              .formatted(name, String.join(", ", regions())));
    }
    String title = fromRegion(name, entry -> entry.optionalText("title")).orElse(name);
    Map<Item, Price> prices = new EnumMap<>(Item.class);
    for (Item item : Item.values()) {
      prices.put(item, price(name, item));
    }
    return new PriceList(name, title, prices, plans());
  }

  private String defaultRegion() {
    return files.stream()
        .flatMap(file -> file.optionalText("default_region").stream())
        .findFirst()
        .orElseThrow();
  }

  /** A region's own price comes before one for all regions, a person's own before the program's. */
  private Price price(String region, Item item) {
    return fromRegion(region, entry -> priceUnder(entry, item))
        .or(() -> files.stream().flatMap(file -> priceUnder(file, item).stream()).findFirst())
        .orElseThrow(
            () ->
                Failure.usage(
                    "%s: region %s has no price for %s; add regions.%s.prices.%s with usd, per (%s), source and date"
                        .formatted(
                            files.get(0).file(),
                            region,
                            item.key(),
                            region,
                            item.key(),
                            item.measure().units())));
  }

  private <T> Optional<T> fromRegion(String region, Function<YamlEntry, Optional<T>> look) {
    return files.stream()
        .flatMap(file -> Optional.ofNullable(file.entries("regions").get(region)).stream())
        .flatMap(entry -> look.apply(entry).stream())
        .findFirst();
  }

  private static Optional<Price> priceUnder(YamlEntry entry, Item item) {
    return entry
        .entry("prices")
        .flatMap(prices -> prices.entry(item.key()))
        .map(e -> price(e, item));
  }

  private static Price price(YamlEntry entry, Item item) {
    entry.only(List.of("usd", "per", "free", "source", "date", "note"));
    Unit per = unit(entry);
    if (per.measure() != item.measure()) {
      throw entry.mistake("per", item.key() + " is sold per " + item.measure().units());
    }
    return new Price(item, entry.number("usd"), per, entry.number("free", 0), provenance(entry));
  }

  private Map<String, Plan> plans() {
    Map<String, Plan> plans = new LinkedHashMap<>();
    for (int i = files.size() - 1; i >= 0; i--) {
      files.get(i).entries("plans").forEach((key, entry) -> plans.put(key, plan(entry)));
    }
    return plans;
  }

  private static Plan plan(YamlEntry entry) {
    entry.only(
        List.of(
            "title",
            "meter",
            "events_per_user",
            "free_up_to",
            "sold_up_to",
            "base",
            "tiers",
            "source",
            "date",
            "note"));
    Plan.Meter meter =
        switch (entry.text("meter")) {
          case "events" -> Plan.Meter.EVENTS;
          case "users" -> Plan.Meter.USERS;
          default -> throw entry.mistake("meter", "it is events or users");
        };
    Plan.Limits limits =
        new Plan.Limits(
            (long) entry.number("free_up_to", 0),
            (long) entry.number("sold_up_to", NO_END),
            (long) entry.number("events_per_user", 0));
    return new Plan(
        entry.text("title"),
        meter,
        entry.number("base"),
        entry.list("tiers").stream().map(PriceFile::tier).toList(),
        limits,
        provenance(entry));
  }

  private static Plan.Tier tier(YamlEntry entry) {
    entry.only(List.of("up_to", "usd", "per"));
    Unit per = unit(entry);
    if (per.measure() != Unit.Measure.PIECES) {
      throw entry.mistake("per", "a plan is sold per " + Unit.Measure.PIECES.units());
    }
    return new Plan.Tier((long) entry.number("up_to", NO_END), entry.number("usd"), per);
  }

  private static Unit unit(YamlEntry entry) {
    String text = entry.text("per");
    return Arrays.stream(Unit.values())
        .filter(unit -> unit.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                entry.mistake("per", "'" + text + "' is none of " + Arrays.asList(Unit.values())));
  }

  private static Provenance provenance(YamlEntry entry) {
    return new Provenance(
        entry.text("source"), entry.date("date"), entry.optionalText("note").orElse(""));
  }

  private static YamlEntry read(String name, String yaml) {
    try {
      Node node =
          new Compose(LoadSettings.builder().build())
              .composeString(yaml)
              .orElseThrow(() -> Failure.usage(name + " is empty; it is no price list"));
      YamlEntry file = new YamlEntry(name, "", node);
      file.only(List.of(VERSION_KEY, "default_region", "prices", "regions", "plans"));
      if (!file.text(VERSION_KEY).equals(VERSION)) {
        throw file.mistake(VERSION_KEY, "this program reads version " + VERSION);
      }
      refuseUnknownItems(file);
      return file;
    } catch (MarkedYamlEngineException e) {
      throw YamlEntry.mistake(
          name, e.getProblemMark().or(e::getContextMark), "this is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw Failure.usage(name + ": this is not YAML: " + e.getMessage());
    }
  }

  private static void refuseUnknownItems(YamlEntry file) {
    List<String> items = Arrays.stream(Item.values()).map(Item::key).toList();
    file.entry("prices").ifPresent(prices -> prices.only(items));
    for (YamlEntry region : file.entries("regions").values()) {
      region.only(List.of("title", "prices"));
      region.entry("prices").ifPresent(prices -> prices.only(items));
    }
  }

  private static void refuseLater(YamlEntry file, LocalDate today) {
    refuseLater(file.entries("prices"), today);
    refuseLater(file.entries("plans"), today);
    file.entries("regions").values().forEach(it -> refuseLater(it.entries("prices"), today));
  }

  private static void refuseLater(Map<String, YamlEntry> dated, LocalDate today) {
    for (YamlEntry entry : dated.values()) {
      if (entry.optionalText("date").isPresent() && entry.date("date").isAfter(today)) {
        throw entry.mistake(
            "date", entry.date("date") + " is yet to come; it is the day when the price was seen");
      }
    }
  }

  private static String resource() {
    try (InputStream content = PriceFile.class.getResourceAsStream(SHIPPED)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
