package dev.millrace.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.cli.console.Failure;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FunctionServerTest {
  private static final String ECHO = EchoFunction.class.getName();

  @Test
  void a_function_answers_on_loopback() throws Exception {
    try (FunctionServer server = FunctionServer.start(0, ECHO)) {
      URI asked = server.address().resolve("/hello");

      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(asked).build(), HttpResponse.BodyHandlers.ofString());

      assertThat(answer.body()).isEqualTo("/hello");
    }
  }

  @Test
  void no_other_address_of_the_machine_is_listened_on() throws Exception {
    List<InetAddress> others = otherAddresses();
    try (FunctionServer server = FunctionServer.start(0, ECHO)) {
      for (InetAddress address : others) {
        assertThatThrownBy(() -> connect(address, server.address().getPort()))
            .as("a connection to %s", address)
            .isInstanceOf(ConnectException.class);
      }
    }
  }

  @Test
  void a_port_in_use_is_said_in_one_sentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> FunctionServer.start(taken.getLocalPort(), ECHO))
          .isInstanceOf(Failure.class)
          .hasMessage(
              "port %d for the function is in use; choose another with --function-port, or 0 for"
                  + " any",
              taken.getLocalPort());
    }
  }

  @Test
  void two_servers_never_share_a_port() {
    try (FunctionServer first = FunctionServer.start(0, ECHO)) {
      assertThatThrownBy(() -> FunctionServer.start(first.address().getPort(), ECHO))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("is in use");
    }
  }

  @Test
  void a_function_that_is_not_there_stops_the_start() {
    assertThatThrownBy(() -> FunctionServer.start(0, "dev.millrace.Missing"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("dev.millrace.Missing");
  }

  private static List<InetAddress> otherAddresses() throws Exception {
    Stream<InetAddress> outer =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.getHostAddress().equals("127.0.0.1"));
    return Stream.concat(Stream.of(InetAddress.getByName("127.0.0.2")), outer).toList();
  }

  private static void connect(InetAddress address, int port) throws Exception {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 2_000);
    }
  }
}
