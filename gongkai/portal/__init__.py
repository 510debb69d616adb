"""FACE for the public: the 政府信息公开 column of each agency. Reads what is public, and nothing else."""
