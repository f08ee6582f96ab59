package dev.millrace.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.collector.FakeRequest;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
  private final FakeRequest request =
      FakeRequest.of("POST", "/")
          .with("X-Forwarded-For", "10.0.0.1, 192.0.2.1", "203.0.113.9, 35.0.0.1");

  @Test
  void withoutProxiesItIsWhoeverIsConnectedWhateverHeadersSay() {
    assertThat(new ClientAddress(0).of(request)).hasValue("198.51.100.23");
  }

  @Test
  void withProxiesItIsWhomTheFirstOfThemSaw() {
    assertThat(new ClientAddress(1).of(request)).hasValue("35.0.0.1");
    assertThat(new ClientAddress(2).of(request)).hasValue("203.0.113.9");
  }

  @Test
  void aChainThatIsTooShortOrNoAddressSaysNothing() {
    assertThat(new ClientAddress(5).of(request)).isEmpty();
    assertThat(new ClientAddress(1).of(FakeRequest.of("POST", "/"))).isEmpty();
    assertThat(
            new ClientAddress(1)
                .of(FakeRequest.of("POST", "/").with("X-Forwarded-For", "evil.example")))
        .isEmpty();
  }
}
