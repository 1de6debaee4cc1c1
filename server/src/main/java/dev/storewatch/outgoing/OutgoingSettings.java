package dev.storewatch.outgoing;

import dev.storewatch.input.WrongInput;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What this server may ask of other machines, {@code storewatch.outgoing.*}.
 *
 * @param allowed names of hosts, addresses and networks that may be asked although they are not
 *     public, for example {@code intranet.example.com, 10.1.0.0/16}; public ones always may. The
 *     address at which a cloud hands out keys has to be named itself
 * @param connectTimeout how long another machine may take to accept a connection
 * @param contact a page or a mail address that each request names in its {@code User-Agent}, so
 *     that who is asked knows whom to ask
 */
@ConfigurationProperties(prefix = OutgoingSettings.PREFIX)
public record OutgoingSettings(
    @DefaultValue List<String> allowed,
    @DefaultValue("10s") Duration connectTimeout,
    @Nullable String contact) {
  static final String PREFIX = "storewatch.outgoing";

  private static final Pattern NAME =
      Pattern.compile("(?!.*\\.\\d+$)[\\p{L}\\p{N}_-]+(\\.[\\p{L}\\p{N}_-]+)*");

  private static final Pattern CONTACT = Pattern.compile("[\\x21-\\x7E&&[^()<>]]{1,200}");

  /**
   * Checks the settings.
   *
   * @throws WrongInput if one is invalid
   */
  public OutgoingSettings {
    allowed = allowed.stream().map(each -> each.strip().toLowerCase(Locale.ROOT)).toList();
    allowed.forEach(OutgoingSettings::check);
    if (!connectTimeout.isPositive() || connectTimeout.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new WrongInput(
          "%s.connect-timeout is %s: use 1ms to 5m, for example 10s"
              .formatted(PREFIX, connectTimeout));
    }
    if (contact != null && !CONTACT.matcher(contact).matches()) {
      throw new WrongInput(
          "%s.contact is '%s': use a page or a mail address, for example https://example.com/storewatch"
              .formatted(PREFIX, contact));
    }
  }

  /** Returns the settings of a server that asks public machines alone. */
  public static OutgoingSettings standard() {
    return allowing();
  }

  /** Returns the standard settings, with some that may be asked although they are not public. */
  public static OutgoingSettings allowing(String... allowed) {
    return new OutgoingSettings(List.of(allowed), Duration.ofSeconds(10), null);
  }

  private static void check(String entry) {
    if (!isName(entry) && !isNetwork(entry)) {
      throw new WrongInput(
          "%s.allowed has '%s', which is neither the name of one host nor a network: use for example intranet.example.com, 10.1.2.3 or 10.1.0.0/16"
              .formatted(PREFIX, entry));
    }
  }

  static boolean isName(String entry) {
    return NAME.matcher(entry).matches();
  }

  private static boolean isNetwork(String entry) {
    try {
      Network.parse(entry);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
