package dev.millrace.function.bigquery;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.TableCell;
import com.google.api.services.bigquery.model.TableDataList;
import com.google.api.services.bigquery.model.TableRow;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.http.HttpTransportOptions;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The values that one column of a table has. They are listed, which costs nothing, and by the API
 * itself, for Google's client above it can't leave out the other columns, which may hold megabytes.
 */
final class KeyList {
  private final DatasetName dataset;

  KeyList(DatasetName dataset) {
    this.dataset = dataset;
  }

  /**
   * @throws BigQueryException as the client's own calls do
   */
  Set<String> of(BigQuery client, KnownTable table, String column) {
    try {
      return list(api(client.getOptions()), table, column);
    } catch (IOException e) {
      throw new BigQueryException(e);
    }
  }

  private Set<String> list(Bigquery api, KnownTable table, String column) throws IOException {
    Set<String> keys = new HashSet<>();
    int position = table.columnNames().indexOf(column);
    Bigquery.Tabledata.List call =
        api.tabledata()
            .list(dataset.project(), dataset.name(), table.name())
            .setSelectedFields(column);
    do {
      TableDataList page = call.execute();
      for (TableRow row : page.getRows() == null ? List.<TableRow>of() : page.getRows()) {
        List<TableCell> cells = row.getF();
        // An emulator may not know how to leave columns out.
        keys.add(String.valueOf(cells.get(cells.size() == 1 ? 0 : position).getV()));
      }
      call.setPageToken(page.getPageToken());
    } while (call.getPageToken() != null);
    return keys;
  }

  private static Bigquery api(BigQueryOptions options) {
    HttpTransportOptions transport = (HttpTransportOptions) options.getTransportOptions();
    return new Bigquery.Builder(
            transport.getHttpTransportFactory().create(),
            GsonFactory.getDefaultInstance(),
            transport.getHttpRequestInitializer(options))
        .setRootUrl(options.getResolvedApiaryHost("bigquery"))
        .setApplicationName(options.getApplicationName())
        .build();
  }
}
