package dev.storewatch.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressGuardTest {
  private static final String NAME = "stores.example.com";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "127.0.0.1",
        "127.255.0.1",
        "0.0.0.0",
        "0.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "192.0.2.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fdff::1",
        "fd00:ec2::254",
        "ff02::1",
        "2001::1",
        "2001:db8::1",
        "3fff::1",
        "100::1",
        "5f00::1",
        "::ffff:10.1.2.3",
        "::ffff:127.0.0.1",
        "::10.1.2.3",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:7f00:1::1",
        "2002:a01:203::1"
      })
  void refusesWhatIsNotPublic(String address) {
    AddressGuard guard = guard(OutgoingSettings.standard(), address);
    assertThatThrownBy(() -> guard.resolve(NAME))
        .isInstanceOf(AddressGuard.Refused.class)
        .hasMessageStartingWith(NAME + " (");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9.255.255.255",
        "11.0.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "169.253.1.1",
        "192.0.1.1",
        "198.17.1.1",
        "198.20.0.0",
        "223.255.255.255",
        "1.1.1.1",
        "2606:4700::1111",
        "64:ff9b::101:101",
        "2002:101:101::1",
        "::ffff:1.1.1.1"
      })
  void letsThroughWhatIsPublic(String address) throws Exception {
    assertThat(guard(OutgoingSettings.standard(), address).resolve(NAME))
        .containsExactly(InetAddress.ofLiteral(address));
  }

  @ParameterizedTest
  @CsvSource({
    "stores.example.com,10.1.2.3",
    "Stores.Example.COM,127.0.0.1",
    "10.1.0.0/16,10.1.2.3",
    "10.1.2.3,10.1.2.3",
    "10.1.0.0/16,::ffff:10.1.2.3",
    "fd00::/8,fd12::1",
    "::1,::1",
    "169.254.169.254,169.254.169.254",
    "169.254.169.254,64:ff9b::a9fe:a9fe",
  })
  void letsThroughWhatIsAllowedByName(String allowed, String address) throws Exception {
    assertThat(guard(OutgoingSettings.allowing(allowed), address).resolve(NAME + ".")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "example.com,10.1.2.3", "www.stores.example.com,10.1.2.3", "10.1.0.0/16,10.2.0.1",
    "10.1.2.0/23,10.1.4.0", "stores.example.com,169.254.169.254", "169.254.0.0/16,169.254.169.254",
    "0.0.0.0/0,100.100.100.200", "stores.example.com,0.0.0.0", "0.0.0.0,0.0.0.0",
    "224.0.0.1,224.0.0.1", "0.0.0.0/0,::1", "stores.example.com,fd00:ec2::254",
  })
  void refusesWhatSomethingElseAllows(String allowed, String address) {
    AddressGuard guard = guard(OutgoingSettings.allowing(allowed), address);
    assertThatThrownBy(() -> guard.resolve(NAME)).isInstanceOf(AddressGuard.Refused.class);
  }

  @Test
  void leavesTheAddressesOfANameThatArePublic() throws Exception {
    AddressGuard guard = guard(OutgoingSettings.standard(), "10.0.0.1", "1.1.1.1", "::1");
    assertThat(guard.resolve(NAME)).containsExactly(InetAddress.ofLiteral("1.1.1.1"));
  }

  @Test
  void saysWhatWouldAllowIt() {
    assertThatThrownBy(() -> guard(OutgoingSettings.standard(), "10.0.0.1").resolve(NAME))
        .hasMessage(
            "stores.example.com (10.0.0.1) is not asked: the address is private;"
                + " storewatch.outgoing.allowed can name the host or its network");
    assertThatThrownBy(() -> guard(OutgoingSettings.standard(), "::1").resolve("0:0:0:0:0:0:0:1"))
        .hasMessageStartingWith("0:0:0:0:0:0:0:1 is not asked: the address is this machine itself");
    assertThatThrownBy(
            () -> guard(OutgoingSettings.standard(), "169.254.169.254").resolve("169.254.169.254"))
        .hasMessageEndingWith("would have to name 169.254.169.254 itself");
  }

  @Test
  void passesOnThatANameIsNotKnown() {
    AddressGuard guard =
        new AddressGuard(
            OutgoingSettings.standard(),
            host -> {
              throw new UnknownHostException(host);
            });
    assertThatThrownBy(() -> guard.resolve(NAME)).isExactlyInstanceOf(UnknownHostException.class);
  }

  private static AddressGuard guard(OutgoingSettings settings, String... addresses) {
    InetAddress[] found = new InetAddress[addresses.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = InetAddress.ofLiteral(addresses[i]);
    }
    return new AddressGuard(settings, host -> found);
  }
}
