"""What is said when the assistant cannot answer: the truth, and that a person is asked for."""

from vici.domains.conversations.api import Action, Claim, Draft

_TEXTS = {
    "vi": "Xin lỗi, hệ thống đang gặp sự cố nên tôi chưa trả lời được. Tôi đã ghi lại để nhân viên cửa hàng xem.",
    "en": "Sorry, something is wrong on our side and I could not answer. I have noted it for a person of the shop.",
}


def apology(claim: Claim) -> Draft:
    """In the language of the last reply; in both when there was none."""
    spoken = [message.language for message in claim.history if message.language in _TEXTS]
    text = _TEXTS[spoken[-1]] if spoken and spoken[-1] else "\n\n".join(_TEXTS.values())
    return Draft(
        text=text,
        language=(spoken[-1] if spoken else None) or "vi",
        intent="could_not_answer",
        confidence=0,
        context=claim.context,
        actions=(
            Action(type="send_message", data={"message": text}),
            Action(
                type="transfer_to_agent",
                data={
                    "reason": "could_not_answer",
                    "summary": f"The assistant failed {claim.attempt - 1} times at {len(claim.messages)} message(s).",
                },
            ),
        ),
    )
