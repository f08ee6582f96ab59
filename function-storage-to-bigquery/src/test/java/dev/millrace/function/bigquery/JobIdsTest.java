package dev.millrace.function.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobIdsTest {
  private static final List<String> KEY = List.of("1795451447.201694004711");

  private final JobIds ids = new JobIds(new DatasetName("p", "d"));

  @Test
  void theSameLoadHasTheSameIdForEver() {
    assertThat(JobIds.suffixed(ids.of(table("orders", 1), KEY), 0))
        .isEqualTo("millrace_544e7bf1fccab745f9fe7d4a4944435e41bfc8a26e751fc85ba549de43e30573_0");
  }

  @Test
  void whateverIsOtherGivesAnotherId() {
    Set<String> all =
        Set.of(
            ids.of(table("orders", 1), KEY),
            ids.of(table("orders", 2), KEY),
            ids.of(table("order", 1), KEY),
            ids.of(table("orders", 1), List.of("1795451447.201694004712")),
            ids.of(table("orders", 1), List.of("1795451447.20169400471", "1")),
            ids.of(table("orders", 1), List.of("1795451447.201694004711", "a.jsonl", "0", "10")),
            ids.of(table("orders", 1), List.of("1795451447.201694004711", "a.jsonl", "01", "0")),
            new JobIds(new DatasetName("p", "e")).of(table("orders", 1), KEY),
            new JobIds(new DatasetName("q", "d")).of(table("orders", 1), KEY));

    assertThat(all).hasSize(9);
  }

  @Test
  void anIdIsOneThatBigQueryTakes() {
    assertThat(JobIds.suffixed(ids.of(table("été", 1), KEY), 12))
        .matches("[A-Za-z0-9_-]{1,1024}")
        .endsWith("_12");
  }

  private static KnownTable table(String name, long created) {
    return new KnownTable(name, "TABLE", created, Map.of(), null, true);
  }
}
