package dev.storewatch.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NetworksTest {
  @Test
  void tellsAddressesOfVersion4Apart() {
    assertThat(Networks.of("192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(Networks.of("192.0.2.1")).isNotEqualTo(Networks.of("192.0.2.2"));
  }

  @Test
  void takesAllAddressesOfACustomerAsOne() {
    assertThat(Networks.of("2001:db8:1:2:3:4:5:6"))
        .isEqualTo(Networks.of("2001:db8:1:2::1"))
        .isNotEqualTo(Networks.of("2001:db8:1:3::1"));
  }

  @Test
  void knowsAnAddressByEachOfItsForms() {
    assertThat(Networks.of("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(Networks.of("0:0:0:0:0:0:0:1")).isEqualTo(Networks.of("::1"));
    assertThat(Networks.of("fe80::1%1")).isEqualTo(Networks.of("fe80::2"));
    assertThat(Networks.of("no:address")).isEqualTo("no:address");
  }
}
