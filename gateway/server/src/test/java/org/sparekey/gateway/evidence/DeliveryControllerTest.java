// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;

import jakarta.servlet.ServletException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.signature.ContentDigest;
import org.sparekey.testkit.contract.Contract;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Ranges, ETags and heads of a delivery, behind the door: who asks is given, as the edge would. */
class DeliveryControllerTest {

    private final EvidenceFixture fixture = EvidenceFixture.shared();
    private final OrderId id = fixture.available();
    private final String volume = EvidenceFolder.volume(1, 1);
    private final String path = "/v1/orders/" + id.code() + "/evidence/" + volume;
    private MockMvc door = door(fixture.stage.investigator());
    private byte[] whole = new byte[0];
    private String etag = "";

    @BeforeEach
    void fetchOnce() throws Exception {
        MockHttpServletResponse response = send(get(path));
        whole = response.getContentAsByteArray();
        etag = String.valueOf(response.getHeader(HttpHeaders.ETAG));
    }

    @Test
    void the_etag_is_strong_and_is_the_digest_of_what_is_sent() throws Exception {
        assertThat(etag).isEqualTo("\"" + Digest.sha256(whole).hex() + "\"");
        MockHttpServletResponse response = send(get(path));
        assertThat(response.getHeader(ContentDigest.REPRESENTATION_FIELD))
                .isEqualTo(ContentDigest.of(whole).write());
        assertThat(response.getHeader(HttpHeaders.ACCEPT_RANGES)).isEqualTo("bytes");
    }

    @Test
    void a_range_is_the_rest_of_the_volume_under_the_same_etag() throws Exception {
        MockHttpServletResponse response = send(get(path).header(HttpHeaders.RANGE, "bytes=100-"));
        assertThat(response.getStatus()).isEqualTo(206);
        assertThat(response.getHeader(HttpHeaders.CONTENT_RANGE))
                .isEqualTo("bytes 100-" + (whole.length - 1) + "/" + whole.length);
        assertThat(response.getContentAsByteArray()).isEqualTo(Arrays.copyOfRange(whole, 100, whole.length));
        assertThat(response.getHeader(HttpHeaders.ETAG)).isEqualTo(etag);
        assertThat(response.getHeader(ContentDigest.REPRESENTATION_FIELD))
                .isEqualTo(ContentDigest.of(whole).write());
    }

    @Test
    void a_range_of_another_version_gets_the_whole() throws Exception {
        MockHttpServletRequestBuilder request = get(path).header(HttpHeaders.RANGE, "bytes=100-");
        MockHttpServletResponse response = send(request.header(HttpHeaders.IF_RANGE, "\"another\""));
        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsByteArray()).isEqualTo(whole);
    }

    @Test
    void a_range_behind_the_end_is_a_coded_problem() {
        assertThatThrownBy(() -> send(get(path).header(HttpHeaders.RANGE, "bytes=999999999-")))
                .isInstanceOf(ServletException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.RANGE_NOT_SATISFIABLE));
    }

    @Test
    void a_head_tells_length_and_etag_and_is_no_fetch() throws Exception {
        long before = fetches();
        MockHttpServletResponse response = send(head(path));
        assertThat(response.getContentAsByteArray()).isEmpty();
        assertThat(response.getHeader(HttpHeaders.CONTENT_LENGTH)).isEqualTo(Integer.toString(whole.length));
        assertThat(response.getHeader(HttpHeaders.ETAG)).isEqualTo(etag);
        assertThat(fetches()).isEqualTo(before);
        send(get(path));
        assertThat(fetches()).isEqualTo(before + 1);
    }

    @Test
    void before_the_release_not_even_the_list_is_given() {
        OrderId withheld = fixture.approved(fixture.guest());
        assertThatThrownBy(() -> send(get("/v1/orders/" + withheld.code() + "/evidence")))
                .cause()
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.EVIDENCE_WITHHELD));
    }

    @Test
    void another_authority_finds_neither_list_nor_file_nor_key() {
        door = door(fixture.stage.stranger());
        for (String name : List.of("", "/" + volume, "/" + EvidenceFolder.KEY)) {
            assertThatThrownBy(() -> send(get("/v1/orders/" + id.code() + "/evidence" + name)))
                    .cause()
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.NOT_FOUND));
        }
    }

    @Test
    void a_stored_file_that_was_cut_breaks_off_and_is_never_filled_up() throws Exception {
        OrderId cut = fixture.available();
        String file = EvidenceFolder.volume(1, 2);
        java.nio.file.Path stored = fixture.stored(cut, file);
        Files.write(stored, Arrays.copyOf(Files.readAllBytes(stored), 10));
        assertThatThrownBy(() -> send(get("/v1/orders/" + cut.code() + "/evidence/" + file)))
                .hasMessageContaining("shorter");
    }

    private long fetches() {
        return Collections.frequency(fixture.stage.entries(id), "evidence.fetched");
    }

    private MockHttpServletResponse send(MockHttpServletRequestBuilder request) throws Exception {
        MvcResult result = door.perform(request).andReturn();
        MockHttpServletResponse response = result.getResponse();
        String type = String.valueOf(response.getContentType());
        Contract.published()
                .check(
                        Contract.Listener.API,
                        String.valueOf(result.getRequest().getMethod()),
                        String.valueOf(result.getRequest().getRequestURI()),
                        new Contract.Answer(response.getStatus(), type, response.getContentAsByteArray()));
        return response;
    }

    private MockMvc door(Caller caller) {
        return MockMvcBuilders.standaloneSetup(new DeliveryController(
                        fixture.delivery(), fixture.acknowledgements(_ -> {}), fixture.stage.orders(), fixture.log))
                .setCustomArgumentResolvers(new Given(caller))
                .build();
    }

    private record Given(Caller caller) implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Caller.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return caller;
        }
    }
}
