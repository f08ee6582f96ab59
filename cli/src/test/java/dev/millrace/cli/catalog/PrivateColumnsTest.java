package dev.millrace.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.privacy.PrivacyAction;
import dev.millrace.normalizer.privacy.PrivacyRule;
import dev.millrace.normalizer.privacy.PrivacyRules;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateColumnsTest {
  private static final Schema SCHEMA =
      Schema.initial("shop")
          .with(
              List.of(
                  new Table("orders", Map.of(), Map.of()),
                  new Table("orders__items", Map.of(), Map.of("parent", "orders")),
                  new Table("orders__items__parts", Map.of(), Map.of("parent", "orders__items")),
                  new Table("shortened", Map.of(), Map.of("parent", "orders"))));

  @ParameterizedTest(name = "{0} hides {1}.{2}")
  @CsvSource({
    "context.ip, orders, context__ip",
    "context.IP Address, orders, context__ip_address",
    "context, orders, context__device__id",
    "userId, orders, user_id",
    "userId, orders, user_id__v_bigint",
    "**.email, orders, email",
    "**.email, orders, traits__email",
    "**.email, orders, traits__email__v_text",
    "**.email, orders__items, email",
    "**.email, orders__items__parts, maker__email",
    "items.*.price, orders__items, price",
    "items.*.parts.*.serial, orders__items__parts, serial",
    "items, orders__items__parts, serial",
    "items.*, orders__items, value",
    "traits.*.city, orders, traits__home__city",
    "traits.**, orders, traits__a__b"
  })
  void a_column_that_a_rule_reaches_is_hidden(String rule, String table, String column) {
    assertThat(reason(rule, table, column, DataType.TEXT))
        .hasValue("privacy rule " + rule + ": mask");
  }

  @ParameterizedTest(name = "{0} shows {1}.{2}")
  @CsvSource({
    "context.ip, orders, context__ips",
    "context.ip, orders, ip",
    "context.ip, orders, other__context__ip",
    "**.email, orders, emails",
    "**.email, orders, traits__email_hint",
    "items.*.price, orders, price",
    "items.*.price, orders__items, name",
    "context.ip, orders, context",
    "userId, orders, _dlt_id"
  })
  void a_column_that_no_rule_reaches_is_shown(String rule, String table, String column) {
    assertThat(reason(rule, table, column, DataType.TEXT)).isEmpty();
  }

  @ParameterizedTest(name = "{0} hides the JSON in {1}.{2}")
  @CsvSource({
    "context.ip, orders, context",
    "**.email, orders, anything",
    "items.*.parts.*.serial, orders__items, parts"
  })
  void json_that_holds_what_a_rule_reaches_is_hidden(String rule, String table, String column) {
    assertThat(reason(rule, table, column, DataType.JSON)).isPresent();
  }

  @Test
  void a_name_that_does_not_tell_its_path_is_hidden_where_there_are_rules() {
    PrivateColumns columns = columns("context.ip", Map.of("orders.total_abc123", "Total"));

    assertThat(columns.reason("orders", "total_abc123", DataType.TEXT, List.of())).isPresent();
    assertThat(columns.reason("shortened", "total", DataType.TEXT, List.of())).isPresent();
    assertThat(columns.reason("orders", "x".repeat(300), DataType.TEXT, List.of())).isPresent();
  }

  @Test
  void without_rules_every_name_is_shown() {
    PrivateColumns columns =
        new PrivateColumns(
            new StoredSchema(SCHEMA, Map.of("shortened", "a path"), List.of(), 0),
            NormalizerSettings.DEFAULT);

    assertThat(columns.reason("shortened", "total", DataType.TEXT, List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"pii", "PII", "' Personal'", "secret"})
  void a_tagged_column_is_hidden_without_any_rule(String tag) {
    PrivateColumns columns =
        new PrivateColumns(
            new StoredSchema(SCHEMA, Map.of(), List.of(), 0), NormalizerSettings.DEFAULT);

    assertThat(columns.reason("orders", "total", DataType.TEXT, List.of("finance", tag)))
        .hasValue("tagged " + tag);
    assertThat(columns.reason("orders", "total", DataType.TEXT, List.of("finance"))).isEmpty();
  }

  private static Optional<String> reason(String rule, String table, String column, DataType type) {
    return columns(rule, Map.of()).reason(table, column, type, List.of());
  }

  private static PrivateColumns columns(String rule, Map<String, String> rawPaths) {
    PrivacyRules rules =
        new PrivacyRules(List.of(new PrivacyRule(rule, PrivacyAction.MASK)), new byte[0]);
    return new PrivateColumns(
        new StoredSchema(SCHEMA, rawPaths, List.of(), 0),
        NormalizerSettings.DEFAULT.withPrivacy(rules));
  }
}
