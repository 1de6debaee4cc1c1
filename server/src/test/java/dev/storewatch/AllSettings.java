package dev.storewatch;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All settings of the product, as the build wrote them down. */
public final class AllSettings {
  private static final Path METADATA =
      Path.of("target/classes/META-INF/spring-configuration-metadata.json");

  private AllSettings() {}

  /**
   * A setting.
   *
   * @param source the class that holds it
   * @param standard what it is when it is not set; null for nothing
   * @param meaning what it is for; null if nobody wrote it down
   */
  record Setting(String name, String source, @Nullable String standard, @Nullable String meaning) {
    /** Returns the name without its last part. */
    String group() {
      return name.substring(0, name.lastIndexOf('.'));
    }

    /** Returns where it stands in the class that holds it. */
    int place() {
      List<String> components = new ArrayList<>();
      try {
        Class<?> holder = Class.forName(source);
        if (holder.isRecord()) {
          for (RecordComponent component : holder.getRecordComponents()) {
            components.add(component.getName().toLowerCase(Locale.ROOT));
          }
        }
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
      return components.indexOf(name.substring(name.lastIndexOf('.') + 1).replace("-", ""));
    }

    /** Returns the name as the environment has it. */
    String inEnvironment() {
      return name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }
  }

  /** Returns all of them, those of a group together, in the order in which they were written. */
  static List<Setting> read() throws IOException {
    List<Setting> settings = new ArrayList<>();
    for (JsonNode property :
        new JsonMapper().readTree(Files.readString(METADATA)).get("properties").values()) {
      settings.add(
          new Setting(
              property.get("name").stringValue(),
              property.get("sourceType").stringValue(),
              text(property.get("defaultValue")),
              text(property.get("description"))));
    }
    settings.sort(
        Comparator.comparing(Setting::group)
            .thenComparing(Setting::source)
            .thenComparingInt(Setting::place)
            .thenComparing(Setting::name));
    return settings;
  }

  private static @Nullable String text(@Nullable JsonNode value) {
    String text = value == null ? "" : value.asString();
    return text.isEmpty() || text.equals("[]") ? null : text;
  }

  /** Returns the names of all of them as the environment has them. */
  public static List<String> inEnvironment() throws IOException {
    return read().stream().map(Setting::inEnvironment).toList();
  }
}
