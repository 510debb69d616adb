"""FACE for staff: 待办, 申请, 公开, 年报. Sign-in required everywhere; an agency's records only for its own people."""
