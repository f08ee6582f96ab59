package dev.millrace.tests.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.DatasetInfo;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server as a process of its own, told over HTTP what is to go wrong. */
class ProcessTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private Process process;
  private String host;
  private BigQuery client;

  @BeforeEach
  void start() throws Exception {
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    StrictBigQueryProcess.class.getName(),
                    "--quotas=off",
                    "--load-millis=10"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    assertThat(line).startsWith("strict-bigquery http://127.0.0.1:");
    host = line.substring(line.indexOf(' ') + 1);
    client = Fixture.client(host);
    client.create(DatasetInfo.of("d"));
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  private String send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(host + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Test
  void faults_areToldAndTakenBack_andCallsListed() throws Exception {
    send(
        "POST",
        "/_faults",
        """
        [{"calls": ["datasets"], "nth": 2, "action": "refuse", "status": 503},
         {"calls": ["jobs.insert", "tables.get"], "target": "x", "rate": 0.5, "seed": 1, "action": "cutAnswer"}]""");
    assertThat(client.getDataset("d")).isNotNull();
    assertThatThrownBy(() -> client.getDataset("d")).isInstanceOf(BigQueryException.class);
    assertThat(send("GET", "/_faults", "")).isEqualTo("{\"befallen\":1}");
    assertThat(send("DELETE", "/_faults", "")).isEqualTo("{\"befallen\":0}");
    assertThat(send("GET", "/_calls", ""))
        .contains("\"kind\":\"datasets.get\",\"target\":\"p:d\",\"jobId\":\"\",\"status\":503");
    assertThat(send("DELETE", "/_calls", "")).isEqualTo("[]");
  }

  @Test
  void aFaultThatMakesNoSense_isRefusedWithWhatIsWrong() throws Exception {
    assertThat(send("POST", "/_faults", "{\"action\":\"explode\"}"))
        .isEqualTo("{\"error\":\"no action: \\\"explode\\\"\"}");
    assertThat(send("POST", "/_faults", "{\"call\":\"jobs\"}"))
        .isEqualTo("{\"error\":\"unknown key: call\"}");
    assertThat(send("POST", "/_faults", "{\"calls\":[\"nope\"],\"action\":\"cutAnswer\"}"))
        .isEqualTo("{\"error\":\"no kind of call: nope\"}");
  }
}
