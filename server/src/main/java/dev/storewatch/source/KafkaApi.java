package dev.storewatch.source;

import dev.storewatch.http.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The native interface to what is read from Kafka. It is about all stores, so the gate lets nobody
 * ask who may see some alone.
 */
@Tag(name = "sources", description = "Addresses whose files are pulled on a schedule")
@RestController
class KafkaApi {
  private final KafkaSettings settings;
  private final KafkaLag lag;

  KafkaApi(KafkaSettings settings, KafkaLag lag) {
    this.settings = settings;
    this.lag = lag;
  }

  @Operation(
      summary = "Show how far this server has read its partitions of Kafka",
      description =
          "Servers on one database share the partitions, and each shows its own. The brokers are"
              + " asked every ten seconds.")
  @ApiResponse(responseCode = "200", description = "The partitions of this server")
  @ApiResponse(responseCode = "404", description = "Nothing is read from Kafka")
  @GetMapping("/api/v1/kafka")
  KafkaView get() {
    if (!settings.isOn()) {
      throw Problem.notFound(
          "nothing is read from Kafka: name brokers and topics in the settings %s.bootstrap-servers and %s.topics"
              .formatted(KafkaSettings.PREFIX, KafkaSettings.PREFIX));
    }
    return lag.view();
  }
}
