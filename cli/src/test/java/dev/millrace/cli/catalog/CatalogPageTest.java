package dev.millrace.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.schema.DataType;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class CatalogPageTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final FirstSeen SEEN =
      new FirstSeen(Instant.parse("2026-11-20T08:00:00Z"), "1795451447.201694004711");
  private static final String HOSTILE =
      "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&#x26;\u202e\u0000]]>${7*7}";

  @Test
  void a_table_shows_its_columns_with_type_share_examples_and_first_seen() throws Exception {
    Document page = page(catalog(orders()));

    assertThat(text(page, "t-orders"))
        .contains("total", "decimal", "75 %", "9.95", "20 Nov 2026", "With tax", "finance");
  }

  @Test
  void a_hidden_column_says_why_and_shows_no_value() throws Exception {
    Examples hidden = Examples.hidden("privacy rule context.ip: mask");

    assertThat(text(page(catalog(table("orders", null, column("ip", hidden)))), "t-orders"))
        .contains("hidden: privacy rule context.ip: mask");
  }

  @Test
  void a_share_is_called_all_or_none_only_where_it_is() throws Exception {
    CatalogTable table =
        table(
            "orders", null, filled("a", 0), filled("b", 1), filled("c", 3_999), filled("d", 4_000));

    assertThat(text(page(catalog(table)), "t-orders")).contains("0 %", "< 1 %", "> 99 %", "100 %");
  }

  @Test
  void a_table_without_rows_of_late_says_so_and_has_no_shares() throws Exception {
    CatalogTable quiet =
        new CatalogTable(
            "orders", null, null, SEEN, new TableRows(7, 0L, null), List.of(filled("a", 0)));
    Reading lately = new Reading(true, 30, OptionalLong.of(0));

    assertThat(text(page(catalog(lately, quiet)), "t-orders"))
        .contains("No rows in the last 30 days", "–")
        .doesNotContain("%");
  }

  @Test
  void a_table_that_knows_no_times_is_not_called_quiet() throws Exception {
    CatalogTable timeless =
        new CatalogTable(
            "orders", null, null, null, new TableRows(7, 7L, null), List.of(filled("a", 7)));

    assertThat(text(page(catalog(timeless)), "t-orders"))
        .contains("100 %")
        .doesNotContain("No rows in the last");
  }

  @Test
  void a_child_has_the_join_to_its_parent_to_copy() throws Exception {
    Document page = page(catalog(orders(), table("orders__items", "orders", column("name"))));

    assertThat(text(page, "t-orders__items"))
        .contains(
            """
            SELECT
              parent.[_millrace_received_at],
              parent.[total],
              child.[name]
            FROM [shop_unique.orders_between](CURRENT_TIMESTAMP - INTERVAL 7 DAY, CURRENT_TIMESTAMP) AS parent
            JOIN [shop_unique.orders__items_between](CURRENT_TIMESTAMP - INTERVAL 7 DAY, CURRENT_TIMESTAMP) AS child
              ON child.[_dlt_parent_id] = parent.[_dlt_id]""");
  }

  @Test
  void a_join_gives_columns_of_one_name_two_names() throws Exception {
    Document page = page(catalog(orders(), table("orders__items", "orders", column("Total"))));

    assertThat(text(page, "t-orders__items")).contains("child.[Total] AS [child_Total]");
  }

  @Test
  void a_join_names_what_tells_the_parents_rows_apart() throws Exception {
    CatalogTable parent =
        table("orders", null, column("a"), column("b"), column("c"), column("user_id"));
    Document page = page(catalog(parent, table("orders__items", "orders", column("name"))));

    assertThat(text(page, "t-orders__items"))
        .contains("parent.[user_id],\n  parent.[a],\n  parent.[b],\n  child.[name]");
  }

  @Test
  void the_map_has_a_box_for_each_table_that_leads_to_it() throws Exception {
    Document page = page(catalog(orders(), table("orders__items", "orders", column("name"))));

    assertThat(links(page, "svg")).containsExactly("#t-orders", "#t-orders__items");
  }

  @Test
  void every_link_leads_somewhere() throws Exception {
    Document page =
        page(
            catalog(
                orders(), table("orders__items", "orders", column("name")), table("ü %", null)));

    for (String link : links(page, "html")) {
      String id =
          java.net.URLDecoder.decode(link.substring(1), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(byId(page, id)).as(link).isNotNull();
    }
  }

  @Test
  void how_rows_were_read_and_what_that_cost_is_said() throws Exception {
    Reading billed = new Reading(true, 30, OptionalLong.of(3L << 30));

    assertThat(text(page(catalog(billed, orders())), "top"))
        .contains("in the last 30 days", "billed as 3.0 GiB");
  }

  @Test
  void changes_are_shown_the_newest_first_and_not_without_end() throws Exception {
    List<SchemaChangeRow> changes =
        IntStream.range(0, 60).mapToObj(i -> change("column_" + i)).toList();
    Catalog catalog = catalog(new Reading(false, 0, OptionalLong.empty()), changes, orders());

    assertThat(text(page(catalog), "body"))
        .contains("orders.column_0 of type text", "orders.column_49", "The newest of 60 changes")
        .doesNotContain("orders.column_50");
  }

  @Test
  void an_empty_dataset_has_a_page_too() throws Exception {
    assertThat(text(page(catalog()), "body")).contains("No event has been loaded yet");
  }

  @Test
  void nothing_that_comes_from_events_or_settings_can_become_code() throws Exception {
    CatalogColumn column =
        new CatalogColumn(
            HOSTILE,
            new ColumnType(null, HOSTILE, true),
            new ColumnNotes(HOSTILE, List.of(HOSTILE)),
            new FirstSeen(NOW, HOSTILE),
            1L,
            new Examples(List.of(HOSTILE), null));
    CatalogTable parent = table(HOSTILE, null, column);
    CatalogTable child =
        new CatalogTable(
            HOSTILE + "__x", HOSTILE, HOSTILE, SEEN, new TableRows(1, 1L, NOW), List.of(column));
    Catalog catalog =
        new Catalog(
            HOSTILE,
            NOW,
            new Reading(true, 0, OptionalLong.empty()),
            new Families(List.of(parent, child)),
            List.of(table("_" + HOSTILE, null, column)),
            List.of(
                new SchemaChangeRow(
                    NOW,
                    HOSTILE,
                    HOSTILE,
                    HOSTILE,
                    HOSTILE,
                    new SchemaChangeRow.Types(HOSTILE, HOSTILE))));

    Document page = page(catalog);

    assertThat(page.getElementsByTagName("script").getLength()).isEqualTo(1);
    assertThat(page.getElementsByTagName("img").getLength()).isZero();
    assertThat(page.getElementsByTagName("title").item(0).getTextContent())
        .contains("<script>alert(1)</script>");
    assertThat(attributes(page)).noneMatch(name -> name.startsWith("on") || name.equals("style"));
  }

  @Test
  void three_hundred_wide_tables_are_a_page_that_a_browser_can_open() {
    List<CatalogTable> tables = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String name = "table_" + i;
      CatalogColumn[] columns =
          IntStream.range(0, 100)
              .mapToObj(c -> column(name + "_column_" + c))
              .toArray(CatalogColumn[]::new);
      tables.add(table(name, i % 3 == 0 ? null : "table_" + (i - 1), columns));
    }

    String page = html(catalog(tables.toArray(CatalogTable[]::new)));

    assertThat(page.length()).isLessThan(20_000_000);
  }

  private static CatalogTable orders() {
    CatalogColumn total =
        new CatalogColumn(
            "total",
            new ColumnType(DataType.DECIMAL, "NUMERIC", false),
            new ColumnNotes("With tax", List.of("finance")),
            SEEN,
            3_000L,
            new Examples(List.of("9.95", "12"), null));
    return table("orders", null, total);
  }

  private static CatalogTable table(String name, String parent, CatalogColumn... columns) {
    return new CatalogTable(
        name, parent, null, SEEN, new TableRows(5_000, 4_000L, NOW), List.of(columns));
  }

  private static CatalogColumn column(String name) {
    return column(name, new Examples(List.of("one value", "another"), null));
  }

  private static CatalogColumn filled(String name, long rows) {
    return new CatalogColumn(
        name, text(), new ColumnNotes(null, List.of()), SEEN, rows, Examples.NONE);
  }

  private static CatalogColumn column(String name, Examples examples) {
    return new CatalogColumn(
        name, text(), new ColumnNotes(null, List.of()), SEEN, 2_000L, examples);
  }

  private static ColumnType text() {
    return new ColumnType(DataType.TEXT, "VARCHAR", false);
  }

  private static SchemaChangeRow change(String column) {
    return new SchemaChangeRow(
        NOW,
        "1795451447.201694004711",
        "new-column",
        "orders",
        column,
        new SchemaChangeRow.Types(null, "text"));
  }

  private static Catalog catalog(CatalogTable... tables) {
    return catalog(new Reading(true, 0, OptionalLong.empty()), tables);
  }

  private static Catalog catalog(Reading reading, CatalogTable... tables) {
    return catalog(reading, List.of(), tables);
  }

  private static Catalog catalog(
      Reading reading, List<SchemaChangeRow> changes, CatalogTable... tables) {
    return new Catalog("shop", NOW, reading, new Families(List.of(tables)), List.of(), changes);
  }

  private static String html(Catalog catalog) {
    return new CatalogPage(catalog, new JoinSql(new NamedDataset())).html();
  }

  /** The page as a strict reader sees it: HTML that is also XML, but for what HTML leaves open. */
  private static Document page(Catalog catalog) throws Exception {
    String xml =
        html(catalog)
            .replace("<!DOCTYPE html>", "")
            .replaceAll("<(meta|input)([^>]*)>", "<$1$2/>")
            .replace("<style>", "<style><![CDATA[")
            .replace("</style>", "]]></style>")
            .replace("<script>", "<script><![CDATA[")
            .replace("</script>", "]]></script>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static String text(Document page, String id) {
    Element element =
        id.equals("body") ? (Element) page.getElementsByTagName("body").item(0) : byId(page, id);
    return element.getTextContent();
  }

  private static Element byId(Document page, String id) {
    return elements(page.getElementsByTagName("*")).stream()
        .filter(element -> element.getAttribute("id").equals(id))
        .findFirst()
        .orElse(null);
  }

  private static List<String> links(Document page, String within) {
    List<String> links = new ArrayList<>();
    for (Element element : elements(page.getElementsByTagName(within))) {
      elements(element.getElementsByTagName("a")).forEach(a -> links.add(a.getAttribute("href")));
    }
    return links;
  }

  private static List<String> attributes(Document page) {
    List<String> names = new ArrayList<>();
    for (Element element : elements(page.getElementsByTagName("*"))) {
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        names.add(element.getAttributes().item(i).getNodeName());
      }
    }
    return names;
  }

  private static List<Element> elements(NodeList nodes) {
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }
}
