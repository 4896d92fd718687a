// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sparekey.testkit.contract.Contract.Answer;
import org.sparekey.testkit.contract.Contract.Listener;

/** The check itself: a contract that finds nothing wrong with anything would be worth nothing. */
class ContractTest {

    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final String NOT_FOUND = """
            {"type":"https://demo.sparekey.invalid/problems/not-found","title":"t","status":404,"detail":"d",
             "instance":"urn:uuid:00000000-0000-4000-8000-000000000000"}""";
    private static final String LIST = "/v1/orders/ORD-7Q4F-2KX9/evidence";
    private static final String DIGEST = "A".repeat(43);
    private static final String FILES = """
            {"orderId":"ORD-7Q4F-2KX9","attempt":1,"manifestDigest":"%s","timeStamped":false,"files":[]}""".formatted(DIGEST);

    @Test
    void what_the_contract_promises_passes() {
        assertThatCode(api("GET", LIST, 200, JSON, FILES)).doesNotThrowAnyException();
        assertThatCode(api("GET", LIST, 404, PROBLEM, NOT_FOUND)).doesNotThrowAnyException();
        assertThatCode(api("GET", "/openapi.yaml", 404, PROBLEM, NOT_FOUND)).doesNotThrowAnyException();
    }

    @Test
    void a_field_more_or_a_field_less_is_found() {
        broken(api("GET", LIST, 200, JSON, FILES.replace("\"attempt\"", "\"more\":1,\"attempt\"")));
        broken(api("GET", LIST, 200, JSON, FILES.replace("\"attempt\":1,", "")));
        broken(api("GET", LIST, 404, PROBLEM, NOT_FOUND.replace("\"title\":\"t\",", "")));
    }

    @Test
    void a_value_of_another_form_is_found() {
        broken(api("GET", LIST, 200, JSON, FILES.replace("ORD-7Q4F-2KX9", "42")));
        broken(api("GET", LIST, 200, JSON, FILES.replace("\"attempt\":1", "\"attempt\":4")));
    }

    @Test
    void another_media_type_is_found() {
        broken(api("GET", LIST, 200, "text/html", FILES));
        broken(api("GET", LIST, 404, JSON, NOT_FOUND));
    }

    @Test
    void a_status_that_the_operation_does_not_have_is_found() {
        broken(api("POST", "/oauth2/token", 200, JSON, "{}"));
        broken(api("POST", "/oauth2/token", 302, JSON, "{}"));
    }

    @Test
    void an_operation_that_is_not_in_the_contract_may_only_be_a_problem() {
        broken(api("GET", "/v1/customers", 200, JSON, "{}"));
        broken(api("GET", "/openapi.yaml", 200, "application/yaml", "openapi: 3.1.0"));
    }

    @Test
    void a_view_whose_items_are_not_typed_is_found() {
        String view = """
                {"v":1,"type":"registry-view","reseller":{"id":"palmstrand"},"assignments":[],"batches":[],"registrations":[]}""";
        broken(api("GET", "/v1/registry-view", 200, JSON, view));
    }

    private static ThrowingCallable api(String method, String path, int status, String type, String body) {
        Answer answer = new Answer(status, type, body.getBytes(StandardCharsets.UTF_8));
        return () -> Contract.published().check(Listener.API, method, path, answer);
    }

    private static void broken(ThrowingCallable check) {
        assertThatThrownBy(check).isInstanceOf(AssertionError.class).hasMessageStartingWith("contract broken");
    }
}
