"""What real producers sent, as sessions, turns and transcripts."""

import pytest
import recordings
from inline_snapshot import snapshot

FOLDED = {
    "openai_classic": snapshot(
        {
            "sess-openai-A": [
                "agent: 2 spans, status 0",
                "  tokens 18+11=29 cached 4 nano 9000/0",
                "  gpt-4o-mini-2024-07-18 |  | user-1 | session.id",
                "  > Hi, I'm planning a trip.",
                "  < Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "agent: 4 spans, status 0",
                "  tokens 108+27=135 cached 27 nano 30375/0",
                "  gpt-4o-mini-2024-07-18 | get_weather 1/0 | user-1 | session.id",
                "  > What is the weather in Paris?",
                '  < The tool said: {"city": "Paris", "temp_c": 14, "sky": "ra...',
                "agent: 2 spans, status 0",
                "  tokens 95+13=108 cached 23 nano 20325/0",
                "  gpt-4o-mini-2024-07-18 |  | user-1 | session.id",
                "  > Thanks! Summarise — in one line 😀.",
                "  < Turn 3: you said “Thanks! Summarise — in one line 😀.” ✔",
            ],
            "sess-openai-B": [
                "agent: 2 spans, status 0",
                "  tokens 18+11=29 cached 4 nano 9000/0",
                "  gpt-4o-mini-2024-07-18 |  | user-2 | session.id",
                "  > Hi, I'm planning a trip.",
                "  < Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "agent: 4 spans, status 0",
                "  tokens 108+27=135 cached 27 nano 30375/0",
                "  gpt-4o-mini-2024-07-18 | get_weather 1/0 | user-2 | session.id",
                "  > What is the weather in Paris?",
                '  < The tool said: {"city": "Paris", "temp_c": 14, "sky": "ra...',
                "agent: 2 spans, status 0",
                "  tokens 95+13=108 cached 23 nano 20325/0",
                "  gpt-4o-mini-2024-07-18 |  | user-2 | session.id",
                "  > Thanks! Summarise — in one line 😀.",
                "  < Turn 3: you said “Thanks! Summarise — in one line 😀.” ✔",
            ],
            "sess-openai-C": [
                "agent: 2 spans, status 0",
                "  tokens 18+11=29 cached 4 nano 9000/0",
                "  gpt-4o-mini-2024-07-18 |  | user-1 | session.id",
                "  > Hi, I'm planning a trip.",
                "  < Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "agent: 4 spans, status 0",
                "  tokens 108+27=135 cached 27 nano 30375/0",
                "  gpt-4o-mini-2024-07-18 | get_weather 1/0 | user-1 | session.id",
                "  > What is the weather in Paris?",
                '  < The tool said: {"city": "Paris", "temp_c": 14, "sky": "ra...',
                "agent: 2 spans, status 0",
                "  tokens 95+13=108 cached 23 nano 20325/0",
                "  gpt-4o-mini-2024-07-18 |  | user-1 | session.id",
                "  > Thanks! Summarise — in one line 😀.",
                "  < Turn 3: you said “Thanks! Summarise — in one line 😀.” ✔",
            ],
        }
    ),
    "openai_leaf_only": snapshot(
        {
            "sess-leaf-only": [
                "plain-root: 2 spans, status 0",
                "  tokens 10+11=21 cached 2 nano 7950/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > Hi, I'm planning a trip.",
                "  < Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "plain-root: 4 spans, status 0",
                "  tokens 92+27=119 cached 23 nano 28275/0",
                "  gpt-4o-mini-2024-07-18 | get_weather 1/0 | None | session.id",
                "  > What is the weather in Paris?",
                '  < The tool said: {"city": "Paris", "temp_c": 14, "sky": "ra...',
                "plain-root: 2 spans, status 0",
                "  tokens 87+13=100 cached 21 nano 19275/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > Thanks! Summarise — in one line 😀.",
                "  < Turn 3: you said “Thanks! Summarise — in one line 😀.” ✔",
            ]
        }
    ),
    "openai_threads": snapshot(
        {
            None: [
                "ChatCompletion: 1 spans, status 1",
                "  tokens 10+11=21 cached 2 nano 7950/0",
                "  gpt-4o-mini-2024-07-18 |  | None | None",
                "  > Hi, I'm planning a trip.",
                "  < Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "ChatCompletion: 1 spans, status 1",
                "  tokens 11+12=23 cached 2 nano 8700/0",
                "  gpt-4o-mini-2024-07-18 |  | None | None",
                "  > What is the weather in Paris?",
                "  < -",
                "get_weather: 1 spans, status 0",
                "  tokens 0+0=0 cached 0 nano None/0",
                "   | get_weather 1/0 | None | None",
                '  > {"city": "Paris"}',
                '  < {"city": "Paris", "temp_c": 14, "sky": "rainy"}',
                "ChatCompletion: 1 spans, status 1",
                "  tokens 31+15=46 cached 7 nano 13125/0",
                "  gpt-4o-mini-2024-07-18 |  | None | None",
                "  > What is the weather in Paris?",
                '  < The tool said: {"city": "Paris", "temp_c": 14, "sky": "ra...',
                "ChatCompletion: 1 spans, status 1",
                "  tokens 12+13=25 cached 3 nano 9375/0",
                "  gpt-4o-mini-2024-07-18 |  | None | None",
                "  > Thanks! Summarise — in one line 😀.",
                "  < Turn 1: you said “Thanks! Summarise — in one line 😀.” ✔",
            ],
            "sess-threads": [
                "fanout: 4 spans, status 0",
                "  tokens 33+36=69 cached 7 nano 26025/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > Hi, I'm planning a trip.",
                "  < Turn 1: you said “Thanks! Summarise — in one line 😀.” ✔",
            ],
        }
    ),
    "openai_multimodal": snapshot(
        {
            "sess-multimodal": [
                "ChatCompletion: 1 spans, status 1",
                "  tokens 7+8=15 cached 1 nano 5775/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > what is this?",
                "  < Turn 1: you said “what is this? ” ✔",
                "ChatCompletion: 1 spans, status 1",
                "  tokens 6+8=14 cached 1 nano 5625/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > and this?",
                "  < Turn 1: you said “and this? ” ✔",
                "CreateEmbeddings: 1 spans, status 1",
                "  tokens 2+0=2 cached 0 nano 40/0",
                "  text-embedding-3-small |  | None | session.id",
                "  > hello world",
                '  < {"data":[{"embedding":[0.16670000553131104,0.456900000572...',
                "Response: 1 spans, status 1",
                "  tokens 11+12=23 cached 2 nano 8700/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > What is the weather in Paris?",
                "  < -",
                "Response: 1 spans, status 1",
                "  tokens 8+9=17 cached 2 nano 6450/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > plain string input",
                "  < Turn 1: you said “plain string input” ✔",
                "Response: 1 spans, status 1",
                "  tokens 6+7=13 cached 1 nano 5025/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > stream me",
                "  < Turn 1: you said “stream me” ✔",
            ]
        }
    ),
    "langchain_session_id": snapshot(
        {
            "sess-lc-session_id": [
                "rag_chain: 9 spans, status 1",
                "  tokens 61+11=72 cached 15 nano 14625/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > Hi, I'm planning a trip.",
                "  < Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "rag_chain: 9 spans, status 1",
                "  tokens 88+12=100 cached 22 nano 18750/0",
                "  gpt-4o-mini |  | None | session.id",
                "  > What is the weather in Paris?",
                "  < Turn 2: you said “What is the weather in Paris?” ✔",
                "rag_chain: 9 spans, status 1",
                "  tokens 109+9=118 cached 27 nano 19725/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > Thanks, summarise.",
                "  < Turn 3: you said “Thanks, summarise.” ✔",
            ]
        }
    ),
    "langchain_all_three": snapshot(
        {
            "S": [
                "RunnableSequence: 9 spans, status 1",
                "  tokens 61+11=72 cached 15 nano 14625/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > Hi, I'm planning a trip.",
                "  < Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "RunnableSequence: 9 spans, status 1",
                "  tokens 88+12=100 cached 22 nano 18750/0",
                "  gpt-4o-mini |  | None | session.id",
                "  > What is the weather in Paris?",
                "  < Turn 2: you said “What is the weather in Paris?” ✔",
                "RunnableSequence: 9 spans, status 1",
                "  tokens 109+9=118 cached 27 nano 19725/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > Thanks, summarise.",
                "  < Turn 3: you said “Thanks, summarise.” ✔",
            ]
        }
    ),
    "langchain_nonstring": snapshot(
        {
            "12345": [
                "RunnableSequence: 9 spans, status 1",
                "  tokens 61+11=72 cached 15 nano 14625/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > Hi, I'm planning a trip.",
                "  < Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "RunnableSequence: 9 spans, status 1",
                "  tokens 88+12=100 cached 22 nano 18750/0",
                "  gpt-4o-mini |  | None | session.id",
                "  > What is the weather in Paris?",
                "  < Turn 2: you said “What is the weather in Paris?” ✔",
                "RunnableSequence: 9 spans, status 1",
                "  tokens 109+9=118 cached 27 nano 19725/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > Thanks, summarise.",
                "  < Turn 3: you said “Thanks, summarise.” ✔",
            ]
        }
    ),
    "langchain_langgraph_agent": snapshot(
        {
            "thread-lg-1": [
                "weather_agent: 3 spans, status 1",
                "  tokens 18+11=29 cached 4 nano 9000/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > Hi, I'm planning a trip.",
                "  < Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "weather_agent: 7 spans, status 1",
                "  tokens 101+19=120 cached 25 nano 24675/0",
                "  gpt-4o-mini-2024-07-18 | get_weather 1/0 | None | session.id",
                "  > What is the weather in Paris?",
                "  < The tool said: Paris: 14C rainy",
                "weather_agent: 3 spans, status 1",
                "  tokens 76+9=85 cached 19 nano 15375/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > Thanks, summarise.",
                "  < Turn 3: you said “Thanks, summarise.” ✔",
            ],
            "thread-lg-2": [
                "weather_agent: 3 spans, status 1",
                "  tokens 18+11=29 cached 4 nano 9000/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > Hi, I'm planning a trip.",
                "  < Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "weather_agent: 7 spans, status 1",
                "  tokens 101+19=120 cached 25 nano 24675/0",
                "  gpt-4o-mini-2024-07-18 | get_weather 1/0 | None | session.id",
                "  > What is the weather in Paris?",
                "  < The tool said: Paris: 14C rainy",
                "weather_agent: 3 spans, status 1",
                "  tokens 76+9=85 cached 19 nano 15375/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > Thanks, summarise.",
                "  < Turn 3: you said “Thanks, summarise.” ✔",
            ],
        }
    ),
    "langchain_langgraph_stategraph": snapshot(
        {
            "thread-sg-1": [
                "LangGraph: 7 spans, status 1",
                "  tokens 22+23=45 cached 5 nano 16725/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > Hi, I'm planning a trip.",
                '  < Turn 1: you said “["doc about Hi, I\'m planning a trip.", ...',
                "LangGraph: 7 spans, status 1",
                "  tokens 24+26=50 cached 6 nano 18750/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > What is the weather in Paris?",
                "  < Turn 1: you said “['doc about What is the weather in Pari...",
                "LangGraph: 7 spans, status 1",
                "  tokens 19+20=39 cached 4 nano 14550/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > Thanks, summarise.",
                "  < Turn 1: you said “['doc about Thanks, summarise.', 'secon...",
            ]
        }
    ),
    "langchain_error": snapshot(
        {
            "sess-lc-err": [
                "RunnableSequence: 8 spans, status 2",
                "  tokens 0+0=0 cached 0 nano None/0",
                "  gpt-4o-mini |  | None | session.id",
                "  > FAIL500 please",
                "  < -",
                "RunnableSequence: 8 spans, status 2",
                "  tokens 0+0=0 cached 0 nano None/0",
                "  gpt-4o-mini |  | None | session.id",
                "  > FAIL429 now",
                "  < -",
                "search_boom: 1 spans, status 2",
                "  tokens 0+0=0 cached 0 nano None/0",
                "   | search_boom 1/1 | None | session.id",
                "  > x",
                "  < -",
            ]
        }
    ),
    "longconv_oi": snapshot(
        {
            "sess-long": [
                "turn-10: 2 spans, status 0",
                "  tokens 110+12=122 cached 27 nano 21675/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > q",
                "  < Turn 6: you said “message number 10 é你😀é你😀é你😀” ✔",
                "turn-70: 2 spans, status 0",
                "  tokens 710+12=722 cached 177 nano 100425/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > q",
                "  < Turn 36: you said “message number 70 é你😀é你😀é你😀” ✔",
                "turn-200: 2 spans, status 0",
                "  tokens 2111+12=2123 cached 527 nano 284325/0",
                "  gpt-4o-mini-2024-07-18 |  | None | session.id",
                "  > q",
                "  < Turn 101: you said “message number 200 é你😀é你😀é你😀” ✔",
            ]
        }
    ),
}

TOLD = {
    "openai_classic": snapshot(
        {
            "sess-openai-A": [
                "1 system: text You are helpful.",
                "1 user: text Hi, I'm planning a trip.",
                "1 assistant: text Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "2 user: text What is the weather in Paris?",
                '2 assistant: get_weather({"city": "Paris"}) -> {"city": "Paris", "temp_c": 14, "sky": " [unset, ran]',
                '2 assistant: text The tool said: {"city": "Paris", "temp_c": 14, "sky": "ra...',
                "3 user: text Thanks! Summarise — in one line 😀.",
                "3 assistant: text Turn 3: you said “Thanks! Summarise — in one line 😀.” ✔",
            ],
            "sess-openai-B": [
                "1 system: text You are helpful.",
                "1 user: text Hi, I'm planning a trip.",
                "1 assistant: text Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "2 user: text What is the weather in Paris?",
                '2 assistant: get_weather({"city": "Paris"}) -> {"city": "Paris", "temp_c": 14, "sky": " [unset, ran]',
                '2 assistant: text The tool said: {"city": "Paris", "temp_c": 14, "sky": "ra...',
                "3 user: text Thanks! Summarise — in one line 😀.",
                "3 assistant: text Turn 3: you said “Thanks! Summarise — in one line 😀.” ✔",
            ],
            "sess-openai-C": [
                "1 system: text You are helpful.",
                "1 user: text Hi, I'm planning a trip.",
                "1 assistant: text Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "2 user: text What is the weather in Paris?",
                '2 assistant: get_weather({"city": "Paris"}) -> {"city": "Paris", "temp_c": 14, "sky": " [unset, ran]',
                '2 assistant: text The tool said: {"city": "Paris", "temp_c": 14, "sky": "ra...',
                "3 user: text Thanks! Summarise — in one line 😀.",
                "3 assistant: text Turn 3: you said “Thanks! Summarise — in one line 😀.” ✔",
            ],
        }
    ),
    "openai_leaf_only": snapshot(
        {
            "sess-leaf-only": [
                "1 user: text Hi, I'm planning a trip.",
                "1 assistant: text Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "2 user: text What is the weather in Paris?",
                '2 assistant: get_weather({"city": "Paris"}) -> {"city": "Paris", "temp_c": 14, "sky": " [unset, ran]',
                '2 assistant: text The tool said: {"city": "Paris", "temp_c": 14, "sky": "ra...',
                "3 user: text Thanks! Summarise — in one line 😀.",
                "3 assistant: text Turn 3: you said “Thanks! Summarise — in one line 😀.” ✔",
            ]
        }
    ),
    "openai_threads": snapshot(
        {
            "sess-threads": [
                "1 user: text Hi, I'm planning a trip.",
                "1 user: text What is the weather in Paris?",
                "1 user: text Thanks! Summarise — in one line 😀.",
                "1 assistant: text Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "1 assistant: text Turn 1: you said “What is the weather in Paris?” ✔",
                "1 assistant: text Turn 1: you said “Thanks! Summarise — in one line 😀.” ✔",
            ]
        }
    ),
    "openai_multimodal": snapshot(
        {
            "sess-multimodal": [
                "1 user: text what is this? | image data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAY...",
                "1 assistant: text Turn 1: you said “what is this? ” ✔",
                "2 user: text and this? | image https://example.com/a.jpg",
                "2 assistant: text Turn 1: you said “and this? ” ✔",
                "3 user: text hello world",
                '3 assistant: json {"data":[{"embedding":[0.16670000553131104,0.456900000572...',
                "4 user: text What is the weather in Paris?",
                '4 assistant: get_weather({"city": "Paris"}) -> - [unset, not seen]',
                "5 system: text be brief",
                "5 user: text plain string input",
                "5 assistant: text Turn 1: you said “plain string input” ✔",
                "6 user: text stream me",
                "6 assistant: text Turn 1: you said “stream me” ✔",
            ]
        }
    ),
    "langchain_session_id": snapshot(
        {
            "sess-lc-session_id": [
                "1 system: text You are helpful. Context: [Document(metadata={'source': '...",
                "1 user: text Hi, I'm planning a trip.",
                '1 tool: 2 documents for "Hi, I\'m planning a trip."',
                "1 assistant: text Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "2 system changed: text You are helpful. Context: [Document(metadata={'source': '...",
                "2 user: text What is the weather in Paris?",
                "2 tool: 2 documents for 'What is the weather in Paris?'",
                "2 assistant: text Turn 2: you said “What is the weather in Paris?” ✔",
                "3 system changed: text You are helpful. Context: [Document(metadata={'source': '...",
                "3 user: text Thanks, summarise.",
                "3 tool: 2 documents for 'Thanks, summarise.'",
                "3 assistant: text Turn 3: you said “Thanks, summarise.” ✔",
            ]
        }
    ),
    "langchain_langgraph_agent": snapshot(
        {
            "thread-lg-1": [
                "1 system: text You are helpful.",
                "1 user: text Hi, I'm planning a trip.",
                "1 assistant: text Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "2 user: text What is the weather in Paris?",
                '2 assistant: get_weather({"city": "Paris"}) -> Paris: 14C rainy [ok, ran]',
                "2 assistant: text The tool said: Paris: 14C rainy",
                "3 user: text Thanks, summarise.",
                "3 assistant: text Turn 3: you said “Thanks, summarise.” ✔",
            ],
            "thread-lg-2": [
                "1 system: text You are helpful.",
                "1 user: text Hi, I'm planning a trip.",
                "1 assistant: text Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "2 user: text What is the weather in Paris?",
                '2 assistant: get_weather({"city": "Paris"}) -> Paris: 14C rainy [ok, ran]',
                "2 assistant: text The tool said: Paris: 14C rainy",
                "3 user: text Thanks, summarise.",
                "3 assistant: text Turn 3: you said “Thanks, summarise.” ✔",
            ],
        }
    ),
    "langchain_error": snapshot(
        {
            "sess-lc-err": [
                "1 system: text You are helpful. Context: [Document(metadata={'source': '...",
                "1 user: text FAIL500 please",
                "1 tool: 2 documents for 'FAIL500 please'",
                "1 assistant FAILED OpenAIAPIError('Error code: 500 - fake 500 failure'):",
                "2 system changed: text You are helpful. Context: [Document(metadata={'source': '...",
                "2 user: text FAIL429 now",
                "2 tool: 2 documents for 'FAIL429 now'",
                "2 assistant FAILED OpenAIRateLimitError('Error code: 429 - fake 429 failure'):",
                "3 tool: search_boom(x) -> - [error, ran] ValueError('tool exploded: ü✓')",
            ]
        }
    ),
    "oi_dspy": snapshot(
        {
            "sess-oi-dspy": [
                "1 system: text Your input fields are: 1. `question` (str): Your output f...",
                "1 user: text Hi, I'm planning a trip.",
                "1 assistant: text Turn 1: you said “[[ ## question ## ]] Hi, I'm planning a...",
                "2 user: text What is the weather in Paris?",
                "2 assistant: text Turn 1: you said “ ## question ## ]] What is the weather ...",
                "3 user: text Thanks, summarise.",
                "3 assistant: text Turn 1: you said “[[ ## question ## ]] Thanks, summarise....",
            ]
        }
    ),
    "oi_llama_index": snapshot(
        {
            "sess-oi-llama_index": [
                "1 system: text Use the context information below to assist the user. ---...",
                "1 user: text Hi, I'm planning a trip.",
                '1 tool: 2 documents for "Hi, I\'m planning a trip."',
                "1 assistant: text Turn 1: you said “Hi, I'm planning a trip.” ✔",
                "2 system changed: text Use the context information below to assist the user. ---...",
                "2 user: text What is the weather in Paris?",
                "2 tool: 2 documents for 'What is the weather in Paris?'",
                "2 assistant: text Turn 2: you said “What is the weather in Paris?” ✔",
                "3 user: text Thanks, summarise.",
                "3 tool: 2 documents for 'Thanks, summarise.'",
                "3 assistant: text Turn 3: you said “Thanks, summarise.” ✔",
            ]
        }
    ),
}


@pytest.mark.parametrize("label", FOLDED)
def test_sessions_and_turns(corpus, label):
    sessions = recordings.sessions_of(corpus / "recorded" / label)
    assert {key: recordings.turn_lines(sessions[key]) for key in sorted(sessions, key=str)} == FOLDED[label]


@pytest.mark.parametrize("label", TOLD)
def test_transcripts(corpus, label):
    sessions = recordings.sessions_of(corpus / "recorded" / label)
    told = {
        key: recordings.transcript_lines(recordings.whole(turns))
        for key, turns in sorted(sessions.items(), key=str)
        if key is not None
    }
    assert told == TOLD[label]


def test_a_long_conversation_stands_once(corpus):
    (turns,) = recordings.sessions_of(corpus / "recorded" / "longconv_oi").values()
    lines = recordings.transcript_lines(recordings.whole(turns))
    said = [line.split(": ", 1)[1] for line in lines if "message number" in line and "you said" not in line]
    assert len(said) == len(set(said)) == 201
    assert said[0].startswith("text message number 0 ")
    assert said[-1].startswith("text message number 200 ")


LABELS = ("openai_classic", "langchain_session_id", "langchain_langgraph_agent", "langchain_error", "longconv_oi")


@pytest.mark.parametrize("label", LABELS)
def test_a_page_reads_the_same_wherever_it_begins(corpus, label):
    for turns in recordings.sessions_of(corpus / "recorded" / label).values():
        told = recordings.whole(turns)
        for begin in range(1, len(turns)):
            page = recordings.transcript([turn for _, turn in turns[begin:]], turns[begin - 1][1])
            assert page == [message for message in told if message.turn_index > begin]


SUITES = ("oi-langchain", "oi-anthropic", "oi-google-genai", "oi-openai", "oi-crewai", "oi-llama-index")


@pytest.mark.parametrize("suite", SUITES)
def test_no_text_shows_a_frameworks_envelope(corpus, suite):
    """Text that begins like JSON is JSON that its sender, or the answer's own form, says is JSON."""
    shown = 0
    for path in sorted((corpus / "instrumentor-suites" / suite).glob("*.pb")):
        for stored, turn in recordings.traces_of(path.parent, path.name):
            for text, mime_type in ((stored.input, stored.input_mime_type), (stored.output, stored.output_mime_type)):
                if text is not None and mime_type == "text/plain":
                    shown += 1
                    assert text.lstrip()[:1] not in {"{", "["} or text in {"[image]", "[audio]"}, path.name
            assert recordings.transcript([turn], None) is not None
    assert shown > 10


@pytest.mark.parametrize("suite", SUITES)
def test_message_ids_are_unique(corpus, suite):
    for path in sorted((corpus / "instrumentor-suites" / suite).glob("*.pb")):
        for _, turn in recordings.traces_of(path.parent, path.name):
            ids = [message.id for message in recordings.transcript([turn], None)]
            assert len(ids) == len(set(ids))


EDGES = {
    "session_conflict_in_trace": snapshot(
        [("edge-A", 2, 1795000000000000000, 1795000000001000000, 1000000, 0, None, None, None)]
    ),
    "session_leaf_only": snapshot(
        [("edge-leaf", 2, 1795000000000000000, 1795000000001000000, 1000000, 0, None, None, None)]
    ),
    "session_int_and_spaces": snapshot(
        [
            ("12345", 1, 1795000000000000000, 1795000000001000000, 1000000, 0, None, None, None),
            ("12345", 1, 1795000000000000000, 1795000000001000000, 1000000, 0, None, None, None),
            (None, 1, 1795000000000000000, 1795000000001000000, 1000000, 0, None, None, None),
            (None, 1, 1795000000000000000, 1795000000001000000, 1000000, 0, None, None, None),
        ]
    ),
    "numbers": snapshot([(None, 1, 1795000000000000000, 1795000000001000000, 1000000, 19, 100000000, None, None)]),
    "complex_values": snapshot([(None, 1, 1795000000000000000, 1795000000001000000, 1000000, 0, None, None, None)]),
    "end_before_start": snapshot([(None, 1, 1795000000000000000, 1795000000000000000, None, 0, None, None, None)]),
    "no_start": snapshot([(None, 1, 1795000000000000000, 1795000000000000000, 0, 0, None, None, None)]),
    "no_times": snapshot([(None, 1, None, None, None, 0, None, None, None)]),
    "far_future": snapshot(
        [("edge-future", 1, 4102444800000000000, 4102444800001000000, 1000000, 0, None, None, None)]
    ),
    "orphan_forever": snapshot(
        [("edge-orphan", 1, 1795000000000000000, 1795000000001000000, 1000000, 0, None, "still a turn", None)]
    ),
    "two_roots": snapshot([("edge-2roots", 2, 1795000000000000000, 1795000000001000005, 1000000, 0, None, None, None)]),
    "nul_and_surrogates": snapshot(
        [("edge-nul", 1, 1795000000000000000, 1795000000001000000, 1000000, 0, None, "a\x00b 😀 \u202e rtl", None)]
    ),
    "wide_5000": snapshot(
        [("edge-wide", 5000, 1795000000000000000, 1795000000001000000, 1000000, 0, None, None, None)]
    ),
}


@pytest.mark.parametrize("name", EDGES)
def test_edge_cases(corpus, name):
    found = [
        (
            stored.record.session_id,
            stored.record.span_count,
            stored.record.start_ns,
            stored.record.end_ns,
            stored.record.latency_ns,
            stored.record.total_tokens,
            stored.record.cost_nano,
            stored.input,
            stored.output,
        )
        for stored, _ in recordings.traces_of(corpus / "edge", f"{name}.pb")
    ]
    assert found == EDGES[name]
