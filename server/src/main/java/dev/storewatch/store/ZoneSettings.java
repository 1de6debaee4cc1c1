package dev.storewatch.store;

import dev.storewatch.hours.ZoneTable;
import dev.storewatch.input.WrongInput;
import dev.storewatch.setting.BadSetting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * The setting of which rules of time zones hold.
 *
 * @param zoneRules the rules of time zones: {@code bundled}, those of the program; {@code system},
 *     those of the machine in {@code /usr/share/zoneinfo}; or another folder of TZif files; {@code
 *     --zone-rules} sets it too
 */
@ConfigurationProperties(prefix = "storewatch")
public record ZoneSettings(@DefaultValue(ZoneSettings.BUNDLED) String zoneRules) {
  /** The name of the setting. */
  public static final String NAME = "storewatch.zone-rules";

  /** The name of the setting in the environment. */
  public static final String IN_ENVIRONMENT = "STOREWATCH_ZONERULES";

  private static final String BUNDLED = "bundled";
  private static final String SYSTEM = "system";

  /**
   * Has the process use the rules that a server is set to. To be called before anything else of it
   * is made, because whatever reads a zone keeps its rules.
   *
   * @throws BadSetting if there are no such rules
   */
  public static void use(Environment environment) {
    use(Binder.get(environment).bind(NAME, String.class).orElse(BUNDLED));
  }

  /**
   * Has the process use some rules.
   *
   * @throws BadSetting if there are no such rules
   */
  public static void use(String zoneRules) {
    ZoneTable.use(table(zoneRules));
  }

  /**
   * Returns the rules that a value of the setting stands for.
   *
   * @throws BadSetting if there are no such rules
   */
  static ZoneTable table(String zoneRules) {
    String text = zoneRules.strip();
    return switch (text.toLowerCase(Locale.ROOT)) {
      case BUNDLED -> ZoneTable.bundled();
      case SYSTEM -> ofFolder(ZoneTable.OF_SYSTEM.toString());
      case "" -> throw bad("is empty", null);
      default -> ofFolder(text);
    };
  }

  private static ZoneTable ofFolder(String folder) {
    try {
      return ZoneTable.ofFolder(Path.of(folder));
    } catch (InvalidPathException e) {
      throw bad("is not the name of a folder", e);
    } catch (WrongInput e) {
      throw bad("cannot be used (%s)".formatted(e.getMessage()), e);
    }
  }

  private static BadSetting bad(String what, @Nullable Exception cause) {
    return new BadSetting(
        "%s %s: use %s, %s, or a folder of TZif files, for example %s"
            .formatted(NAME, what, BUNDLED, SYSTEM, ZoneTable.OF_SYSTEM),
        cause);
  }

  /** Returns what is to be said of the rules in use because there are newer ones here. */
  public static List<String> notices() {
    return notices(
        ZoneTable.inUse().version(),
        ZoneTable.bundled().version(),
        ZoneTable.versionOf(ZoneTable.OF_SYSTEM));
  }

  static List<String> notices(String inUse, String bundled, String ofSystem) {
    List<String> notices = new ArrayList<>();
    if (ZoneTable.isNewer(ofSystem, inUse)) {
      notices.add(
          "this machine has newer rules of time zones (%s in %s) than those in use (%s): use them by %s %s, or a newer version of this program"
              .formatted(ofSystem, ZoneTable.OF_SYSTEM, inUse, NAME, SYSTEM));
    }
    if (ZoneTable.isNewer(bundled, inUse)) {
      notices.add(
          "the rules of time zones in use (%s) are older than those of the program (%s): use these by %s %s"
              .formatted(inUse, bundled, NAME, BUNDLED));
    }
    return List.copyOf(notices);
  }

  /**
   * Returns what is to be said of something that was computed by some rules, if they are not those
   * in use now.
   *
   * @param version the release of the rules; null if it was not kept
   * @return null if there is nothing to be said
   */
  public static @Nullable String differing(@Nullable String version) {
    String now = ZoneTable.inUse().version();
    if (now.equals(version)) {
      return null;
    }
    return "made by %s of time zones, those in use now are %s: make it again to have them"
        .formatted(version == null ? "unknown rules" : "the rules " + version, now);
  }
}
